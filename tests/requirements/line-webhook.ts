// What the LINE reference of 2017 promises on the delivery and the signature of webhooks.

import { done, section } from './requirement.ts'

export const lineWebhook = [
  ...section({ part: 'platform', source: 'LINE reference 2017, "Webhooks"', rows: '003/webhooks' }, [
    done(
      'line.webhook.post',
      "what a user does is posted to the channel's webhook URL",
      '.',
      '@example-webhook-request-body.json',
    ),
    done(
      'line.webhook.header-signature',
      'the request carries its signature in X-Line-Signature',
      'request-headers',
      'request-headers#X-Line-Signature',
    ),
    done(
      'line.webhook.body-events',
      'the body is an object with the list of events',
      'request-body',
      'request-body#events',
    ),
    done('line.webhook.response-200', "a delivery counts as taken only when the bot's server answers 200", 'response'),
    done(
      'line.webhook.signature-hmac-sha256',
      'the signature is the HMAC-SHA256 of the raw body under the channel secret',
      'signature-validation',
      'signature-validation#With the Channel secret',
    ),
    done(
      'line.webhook.signature-base64',
      'the signature is compared in Base64 and a request with another one is refused',
      'signature-validation#The server confirms that',
    ),
    done(
      'line.webhook.signature-sample-java',
      'the Java sample computes the signature that the platform sends',
      'signature-validation@example-of-signature-validation.java',
    ),
    done(
      'line.webhook.signature-sample-ruby',
      'the Ruby sample computes the signature that the platform sends',
      'signature-validation@example-of-signature-validation.ruby',
    ),
    done(
      'line.webhook.signature-sample-go',
      'the Go sample computes the signature that the platform sends',
      'signature-validation@example-of-signature-validation.go',
    ),
    done(
      'line.webhook.signature-sample-php',
      'the PHP sample computes the signature that the platform sends',
      'signature-validation@example-of-signature-validation.php',
    ),
    done(
      'line.webhook.signature-sample-perl',
      'the Perl sample computes the signature that the platform sends',
      'signature-validation@example-of-signature-validation.perl',
    ),
    done(
      'line.webhook.signature-sample-python',
      'the Python sample computes the signature that the platform sends',
      'signature-validation@example-of-signature-validation.py',
    ),
    done(
      'line.webhook.signature-sample-node',
      'the Node sample computes the signature that the platform sends',
      'signature-validation@example-of-signature-validation.js',
    ),
  ]),
]
