// What the LINE reference of 2017 promises to partners: tokens, mission stickers, followers.

import { done, section } from './requirement.ts'

export const linePartner = [
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Issue Channel access token"',
      rows: '003/partner-apis/issue-channel-access-token',
    },
    [
      done(
        'line.token.issue.operation',
        'POST /v2/oauth/accessToken issues a channel access token',
        '..',
        '**',
        'http-request#POST https://api.line.me/v2/oauth/accessToken',
      ),
      done('line.token.issue.no-refresh', 'a channel access token cannot be refreshed', '.'),
      done('line.token.issue.max-30', 'a channel has at most 30 tokens; one more invalidates the oldest', '.'),
      done('line.token.issue.header-content-type', 'a token is asked for with a form', 'request-header#Content-Type'),
      done('line.token.issue.grant-type', 'the grant type is client_credentials', 'request-body#grant_type'),
      done('line.token.issue.client-id', 'the client id is the channel id', 'request-body#client_id'),
      done('line.token.issue.client-secret', 'the client secret is the channel secret', 'request-body#client_secret'),
      done(
        'line.token.issue.response',
        "an issued token answers 200 with the sample's properties",
        'response',
        'response@example-response.json',
      ),
      done('line.token.issue.token-type', "the token's type is Bearer", 'response#token_type'),
      done('line.token.issue.access-token', 'the answer has the token', 'response#access_token'),
      done('line.token.issue.expires-in', "the answer has the token's life in seconds", 'response#expires_in'),
      done(
        'line.token.issue.error',
        'a missing or wrong parameter answers 400 with an error code',
        'error-response',
        'error-response#error',
        'response@example-error-response.json',
      ),
      done(
        'line.token.issue.error-description',
        'an error may be described in words',
        'error-response#error_description',
      ),
      done(
        'line.token.issue.sample-curl',
        'the curl sample gets a token',
        '@example-of-issuing-channel-access-token.curl',
      ),
    ],
  ),
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Revoke Channel access token"',
      rows: '003/partner-apis/revoke-channel-access-token',
    },
    [
      done(
        'line.token.revoke.operation',
        'POST /v2/oauth/revoke makes a channel access token invalid',
        '**',
        'http-request#POST https://api.line.me/v2/oauth/revoke',
      ),
      done('line.token.revoke.header-content-type', 'a token is revoked with a form', 'request-header#Content-Type'),
      done('line.token.revoke.access-token', 'the form names the token', 'request-body#access_token'),
      done(
        'line.token.revoke.response',
        'revoking answers 200 with an empty body, for an unknown token too',
        'response',
      ),
      done(
        'line.token.revoke.error',
        'a missing parameter answers 400 with an error code',
        'error-response',
        'error-response#error',
        'error-response@example-error-response.json',
      ),
      done(
        'line.token.revoke.error-description',
        'an error may be described in words',
        'error-response#error_description',
      ),
      done(
        'line.token.revoke.sample-curl',
        'the curl sample revokes a token',
        '@example-of-revoking-channel-access-token.curl',
      ),
    ],
  ),
  ...section(
    { part: 'platform', source: 'LINE reference 2017, "Mission stickers"', rows: '003/partner-apis/mission-stickers' },
    [
      done(
        'line.mission-sticker.operation',
        'POST /v2/missionSticker/send gives a user a sticker set',
        '**',
        'http-request#POST https://api.line.me/v2/missionSticker/send',
      ),
      done(
        'line.mission-sticker.header-content-type',
        'a mission sticker is sent as application/json',
        'request-headers#Content-Type',
      ),
      done(
        'line.mission-sticker.header-channel-id',
        'the channel id stands in X-Line-ChannelId',
        'request-headers#X-Line-ChannelId',
      ),
      done(
        'line.mission-sticker.header-channel-secret',
        'the channel secret stands in X-Line-ChannelSecret',
        'request-headers#X-Line-ChannelSecret',
      ),
      done(
        'line.mission-sticker.header-acl',
        'the value that came with the permission stands in X-Line-Trusted-User-With-ACL',
        'request-headers#X-Line-Trusted-User-With-ACL',
      ),
      done('line.mission-sticker.to', 'the request names the user', 'request-body#to'),
      done('line.mission-sticker.messages', 'the request has a list of messages', 'request-body#messages'),
      done('line.mission-sticker.messages-max-1', 'the list has at most one message', 'request-body#messages'),
      done(
        'line.mission-sticker.package-id',
        'the message names the sticker package',
        'request-body#messages[].packageId',
      ),
      done(
        'line.mission-sticker.is-present',
        'the message says that it is no present',
        'request-body#messages[].isPresent',
      ),
      done(
        'line.mission-sticker.ticket-id',
        'a success answers a ticket id',
        'response',
        'response#ticketId',
        'request-body@json-response-example.json',
      ),
      done('line.mission-sticker.error-message', 'a failure answers a message', 'error#message'),
      done(
        'line.mission-sticker.error-authentication',
        'wrong headers, or a server that is not on the list of allowed addresses, are refused as not authenticated',
        'error-response',
        'error-response#authentication failed',
      ),
      done(
        'line.mission-sticker.error-not-usable',
        'an account without the permission is refused by name',
        'error-response#CHANNEL_MISSION_STICKER_NOT_USABLE',
      ),
      done(
        'line.mission-sticker.sample-curl',
        'the curl sample gives a sticker set',
        '@mission-sticker-request-example.curl',
      ),
    ],
  ),
  ...section(
    { part: 'platform', source: 'LINE reference 2017, "Get follower IDs"', rows: '003/partner-apis/get-follower-ids' },
    [
      done(
        'line.followers.operation',
        'GET /v2/bot/followers/ids lists the users who have the bot as a friend',
        '**',
        'http-request#GET https://api.line.me/v2/bot/followers/ids?start={continuationToken}',
      ),
      done(
        'line.followers.header-content-type',
        'a request for followers may carry a JSON content type',
        'request-headers#Content-Type',
      ),
      done(
        'line.followers.header-authorization',
        'follower ids need the channel access token as Bearer',
        'request-headers#Authorization',
      ),
      done('line.followers.start', 'the list goes on from the continuation token', 'url-parameters#start'),
      done(
        'line.followers.user-ids',
        'the answer lists user ids',
        'response',
        'response#userIds',
        'response@example-response.json',
      ),
      done('line.followers.user-ids-max-1000', 'an answer lists at most 1000 user ids', 'response#userIds'),
      done(
        'line.followers.next',
        'an answer that is not the last has a continuation token, the last has none',
        'response#next',
        'response@example-response.json~2',
      ),
      done('line.followers.sample-curl', 'the curl sample lists followers', '@get-follower-ids-example-request.curl'),
    ],
  ),
]
