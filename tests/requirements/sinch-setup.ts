// What the LINE guide of Sinch promises on setting up: the app on the gateway and the channel on LINE.

import { done, notYet, section } from './requirement.ts'

export const sinchSetup = [
  ...section({ part: 'sinch', source: 'Sinch LINE guide, set-up', rows: '002' }, [
    done(
      'sinch.setup.line-channel',
      'an app talks with LINE users through the Conversation API',
      '.',
      'conversation-api-line-support',
      'configuring-the-conversation-api-and-line-integration',
    ),
    notYet(
      'sinch.setup.region',
      'Japan, Thailand or another region can be chosen for the LINE account',
      'enabling-the-line-integration-using-the-sinch-customer-dashboard',
      'enabling-the-line-integration-using-the-sinch-customer-dashboard#Choose your LINE account region',
    ),
    notYet(
      'sinch.setup.region-japan',
      'Japan can be chosen',
      'enabling-the-line-integration-using-the-sinch-customer-dashboard#Japan',
    ),
    notYet(
      'sinch.setup.region-thailand',
      'Thailand can be chosen',
      'enabling-the-line-integration-using-the-sinch-customer-dashboard#Thailand',
    ),
    notYet(
      'sinch.setup.region-other',
      'another region can be chosen',
      'enabling-the-line-integration-using-the-sinch-customer-dashboard#Other regions',
    ),
    notYet(
      'sinch.setup.enter-credentials',
      'token and secret of the LINE channel are entered for an app',
      'enabling-the-line-integration-using-the-sinch-customer-dashboard#Enter the channel access token and',
    ),
    notYet(
      'sinch.setup.webhook-url-set',
      'saving token and secret sets the webhook URL of the LINE channel by itself',
      'enabling-the-line-integration-using-the-sinch-customer-dashboard',
    ),
    notYet(
      'sinch.setup.credentials-sample',
      "updating an app with the sample's channel_credentials sets up its LINE channel",
      'enabling-the-line-integration-using-the-conversation-api',
      'enabling-the-line-integration-using-the-conversation-api@sample.json',
    ),
    notYet(
      'sinch.setup.credentials-channel',
      'channel_credentials[].channel is LINE',
      'enabling-the-line-integration-using-the-conversation-api@sample.json',
    ),
    notYet(
      'sinch.setup.credentials-token',
      'line_credentials.token is the channel access token',
      'enabling-the-line-integration-using-the-conversation-api@sample.json',
    ),
    notYet(
      'sinch.setup.credentials-secret',
      'line_credentials.secret is the channel secret',
      'enabling-the-line-integration-using-the-conversation-api@sample.json',
    ),
    notYet(
      'sinch.setup.webhooks',
      'an app has webhooks for delivery reports and inbound messages',
      'add-conversation-webhooks',
    ),
    notYet(
      'sinch.setup.webhooks-dashboard',
      'a webhook can be added in the dashboard',
      'add-conversation-webhooks#For information on how to add',
    ),
    notYet(
      'sinch.setup.webhooks-api',
      'a webhook can be added by the API',
      'add-conversation-webhooks#For information on how to add~2',
    ),
  ]),
  ...section({ part: 'platform', source: 'Sinch LINE guide, "Prerequisites"', rows: '002/prerequisites' }, [
    done(
      'line.console.account',
      'whoever runs the platform owns its providers: there is no account to log in with',
      '.',
      '#You need a LINE account',
    ),
    done(
      'line.console.developer',
      'channels are managed without a developer account',
      '#Go to the LINE Developer Console',
      '#Login to developer console',
    ),
    done('line.console.provider', 'a provider can be made', '#Create a new provider', '#Provider'),
    done(
      'line.console.messaging-channel',
      'a Messaging API channel can be made under a provider',
      '#Create a Message API channel',
      '#Channel type',
    ),
    done('line.console.icon', 'a channel has an icon', '#Upload channel icon'),
    done(
      'line.console.names',
      'a channel has name, description, category and subcategory',
      '#Enter channel name / description /',
    ),
    done('line.console.channel-secret', 'a channel shows its secret', '#Under Basic settings'),
    done('line.console.messaging-settings', 'a channel shows its Messaging API settings', '#Under Messaging API'),
    done('line.console.basic-id', 'a channel has a basic id for a deep link or QR code', '#Bot basic ID'),
    done('line.console.qr-code', 'a channel has a QR code that leads into its chat', '#QR Code'),
    done('line.console.webhook-empty', "a new channel's webhook is empty and off", '#Webhook settings'),
    done('line.console.long-lived-token', 'a channel has a long-lived access token', '#Channel access token'),
  ]),
  ...section(
    {
      part: 'platform',
      source: 'Sinch LINE guide, "Enable Webhook in LINE Developer Console"',
      rows: '002/enable-webhook-in-line-developer-console',
    },
    [
      done(
        'line.console.webhook-url-shown',
        'a channel shows the webhook URL that was set through the API, still off',
        '.',
        '#Go to the developer console',
        '#Select the Message API you created',
        '#Select Message API tab',
      ),
      done(
        'line.console.greeting',
        "a channel's greeting message can be edited",
        '#Scroll down to Greeting messages and',
      ),
      done('line.console.response-settings', "a channel's response settings can be changed", '#Update the following'),
      done('line.console.response-mode', "a channel's response mode is bot or chat", '#Response mode must be set to'),
      done(
        'line.console.use-webhook',
        "a channel's webhook can be turned on",
        '#Webhooks must be set to to',
        '#Refresh Developer Console page',
      ),
      done(
        'line.console.auto-response',
        "a channel's automatic answer can be turned off",
        '#Auto response must be set to',
      ),
    ],
  ),
]
