// What the LINE reference of 2017 promises for all calls: limits, status codes, headers, errors.

import { done, section } from './requirement.ts'

export const lineCommon = [
  ...section(
    { part: 'platform', source: 'LINE reference 2017, "Common specifications"', rows: '003/common-specifications' },
    [
      done(
        'line.common.rate-limit-trial',
        'a channel on the Developer Trial plan may make 1,000 calls a minute per API',
        'rate-limits',
        'rate-limits#Developer Trial',
      ),
      done(
        'line.common.rate-limit-other',
        'a channel on any other plan may make 10,000 calls a minute per API',
        'rate-limits#Other plans',
      ),
      done('line.common.status-200', 'a call that succeeds answers 200', 'status-codes', 'status-codes#200'),
      done('line.common.status-400', 'a request with a mistake answers 400', 'status-codes#400'),
      done('line.common.status-401', 'a call without a valid channel access token answers 401', 'status-codes#401'),
      done(
        'line.common.status-403',
        'a call that the account or its plan may not make answers 403',
        'status-codes#403',
      ),
      done('line.common.status-429', 'a call over the rate limit answers 429', 'status-codes#429'),
      done('line.common.status-500', 'a fault of the platform answers 500', 'status-codes#500'),
      done(
        'line.common.request-id',
        'every answer carries an id of its own in X-Line-Request-Id',
        'response-headers',
        'response-headers#X-Line-Request-Id',
      ),
      done(
        'line.common.error-details',
        'an error in the body answers a summary and one detail, with its property, for each mistake',
        '.',
        'error-response',
        'error-response#details[].message',
        'error-response@example-of-json-error-response.json',
      ),
      done('line.common.error-message', 'every error answer has a message', 'error-response#message'),
      done(
        'line.common.error-message-only',
        'an error that concerns no property is a message alone',
        'error-response#message~2',
        'error-response@example-of-json-error-response.json~2',
      ),
      done(
        'line.common.message-body-errors',
        'a body with mistakes is answered with their number in words of LINE',
        'error-messages',
        'error-messages#The request body has X error(s)',
      ),
      done(
        'line.common.message-invalid-reply-token',
        'a reply token that is unknown, used or too old is refused as invalid',
        'error-messages#Invalid reply token',
      ),
      done(
        'line.common.message-invalid-property',
        'a property of the wrong type or unknown value is named with its line and column',
        'error-messages#The property, XXX, in the request body is invalid (line: XXX, column: XXX)',
      ),
      done(
        'line.common.message-not-json',
        'a body that is no JSON is refused with the line and column of the mistake',
        'error-messages#The request body could not be parsed as JSON (line: XXX, column: XXX)',
      ),
      done(
        'line.common.message-content-type',
        'a content type that the operation does not take is refused by name',
        'error-messages#The content type, XXX, is not supported',
      ),
      done(
        'line.common.message-authentication',
        'a failed authentication is refused with its reason',
        'error-messages#Authentication failed due to the following reason: XXX',
      ),
      done(
        'line.common.message-no-access',
        'an operation that the account may not use is refused in words of LINE',
        'error-messages#Access to this API is not available for your account',
      ),
      done(
        'line.common.message-send-failed',
        'a send to a receiver that does not exist is refused as failed',
        'error-messages#Failed to send messages',
      ),
    ],
  ),
]
