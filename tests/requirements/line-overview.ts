// What the overview pages of LINE promise: the guide "Messaging API" and the opening of the reference of 2017.

import { done, section } from './requirement.ts'

export const lineOverview = [
  ...section({ part: 'platform', source: 'LINE reference 2017, "Messaging API"', rows: '003/messaging-api' }, [
    done('line.reference.webhooks', 'the bot is told at once of a message or a new friend', '.', 'webhooks'),
    done('line.reference.reply', "the bot can answer a user's message", 'reply-message'),
    done('line.reference.push', 'the bot can send to a user at any time', 'push-message'),
    done('line.reference.multicast', 'the bot can send to many users at any time', 'multicast'),
    done('line.reference.content', 'the bot can download what users send', 'content'),
    done('line.reference.profile', "the bot can read a user's profile", 'profile'),
    done('line.reference.leave', 'the bot can leave a group or room', 'leave'),
    done('line.reference.official-sdk', "LINE's official SDK works against the platform unmodified", 'line-bot-sdk'),
    done('line.reference.getting-started', 'the documents lead from a clone to an answering bot', 'getting-started'),
  ]),
  ...section({ part: 'platform', source: 'LINE guide, "Messaging API"', rows: '001' }, [
    done(
      'line.overview.customized-answers',
      'a bot answers by program when a user adds it or writes to it, and sends at any time',
      'messaging-api',
    ),
    done(
      'line.overview.linked-server',
      "the channel's server is linked with the platform by its registered URL and exchanges JSON with it",
      'how-the-messaging-api-works',
    ),
    done(
      'line.overview.receive-message',
      "a user's message is sent to the registered URL",
      'receiving-messages-operations',
      'receiving-messages-operations#User sends a message',
    ),
    done(
      'line.overview.receive-operation',
      'what a user does, such as adding the bot, is sent to the registered URL',
      'receiving-messages-operations#User performs an action such as',
    ),
    done(
      'line.overview.request-signature',
      "every request to the bot's server is signed, so that a forged one can be told",
      'receiving-messages-operations',
    ),
    done(
      'line.overview.send-to-one',
      'a bot sends to one user',
      'calling-apis',
      'calling-apis#Send messages to individual users or',
    ),
    done(
      'line.overview.send-to-all-friends',
      'a bot sends to all users who have added it',
      'calling-apis#Send messages to individual users or',
    ),
    done('line.overview.nickname', "a bot reads a user's nickname", 'calling-apis#Get users’ nicknames'),
    done('line.overview.auth-token', 'a call is authenticated by a channel access token', 'calling-apis'),
    done(
      'line.overview.auth-headers',
      "a call is authenticated by channel id, channel secret and the channel's MID in headers instead of a token",
      'calling-apis',
    ),
    done(
      'line.overview.console-credentials',
      'token, channel id, channel secret and MID of a channel can be read where channels are managed',
      'calling-apis',
    ),
    done(
      'line.overview.use-push',
      'a push goes to a friend and needs no message from him',
      'what-you-can-do-with-the-messaging-api',
      'use-push-messages',
    ),
    done('line.overview.use-reply', 'a reply answers what a webhook told', 'use-reply-messages'),
    done(
      'line.overview.use-imagemap',
      'an imagemap carries a link, which a tap opens',
      'send-imagemap-messages-using-apis',
    ),
    done(
      'line.overview.use-template',
      'template messages carry images, texts, choices and buttons',
      'template-messages',
    ),
    done(
      'line.overview.groups-and-rooms',
      'a bot takes part in groups and rooms as in one-to-one chats',
      'use-your-bot-in-groups-and-rooms',
    ),
    done('line.overview.account-types', "what a bot may call depends on its account's type and plan", 'account-types'),
    done('line.overview.get-started', 'a page leads to the first bot', 'get-started'),
  ]),
]
