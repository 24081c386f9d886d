// What the LINE reference of 2017 promises on reply, push and multicast.

import { done, section } from './requirement.ts'

export const lineSend = [
  ...section({ part: 'platform', source: 'LINE reference 2017, "Reply message"', rows: '003/reply-message' }, [
    done(
      'line.reply.operation',
      'POST /v2/bot/message/reply puts messages into the chat of the event that gave the token',
      '**',
      'http-request#POST https://api.line.me/v2/bot/message/reply',
    ),
    done('line.reply.header-content-type', 'a reply is sent as application/json', 'request-headers#Content-Type'),
    done(
      'line.reply.header-authorization',
      'a reply needs the channel access token as Bearer',
      'request-headers#Authorization',
    ),
    done('line.reply.reply-token', 'a reply names the token of the event it answers', 'request-body#replyToken'),
    done('line.reply.messages', 'a reply carries a list of message objects', 'request-body', 'request-body#messages'),
    done('line.reply.messages-max-5', 'a reply carries at most five messages', 'request-body#messages'),
    done('line.reply.token-used-once', 'a reply token works once', '.'),
    done('line.reply.token-expires', 'a reply token stops working some time after its event', '.'),
    done(
      'line.reply.response',
      'an accepted reply answers 200 with an empty object',
      'response',
      'response@example-json-response.json',
    ),
    done('line.reply.sample-curl', 'the curl sample replies with two texts', '@reply-message-request-example.curl'),
    done('line.reply.sample-java', "the Java sample's call is answered", '@reply-message-request-example.java'),
    done('line.reply.sample-go', "the Go sample's call is answered", '@reply-message-request-example.go'),
    done('line.reply.sample-ruby', "the Ruby sample's call is answered", '@reply-message-request-example.ruby'),
    done('line.reply.sample-php', "the PHP sample's call is answered", '@reply-message-request-example.php'),
    done('line.reply.sample-perl', "the Perl sample's call is answered", '@reply-message-request-example.perl'),
    done('line.reply.sample-python', "the Python sample's call is answered", '@reply-message-request-example.py'),
    done('line.reply.sample-node', "the Node sample's call is answered", '@reply-message-request-example.js'),
  ]),
  ...section({ part: 'platform', source: 'LINE reference 2017, "Push message"', rows: '003/push-message' }, [
    done(
      'line.push.operation',
      'POST /v2/bot/message/push sends messages to a user, group or room at any time',
      '**',
      'http-request#POST https://api.line.me/v2/bot/message/push',
    ),
    done('line.push.header-content-type', 'a push is sent as application/json', 'request-headers#Content-Type'),
    done(
      'line.push.header-authorization',
      'a push needs the channel access token as Bearer',
      'request-headers#Authorization',
    ),
    done('line.push.to', 'a push names one receiver by its id', 'request-body#to'),
    done('line.push.messages', 'a push carries a list of message objects', 'request-body', 'request-body#messages'),
    done('line.push.messages-max-5', 'a push carries at most five messages', 'request-body#messages'),
    done(
      'line.push.response',
      'an accepted push answers 200 with an empty object',
      'response',
      'response@example-json-response.json',
    ),
    done('line.push.sample-curl', 'the curl sample pushes two texts', '@push-message-request-example.curl'),
    done('line.push.sample-java', "the Java sample's call is answered", '@push-message-request-example.java'),
    done('line.push.sample-go', "the Go sample's call is answered", '@push-message-request-example.go'),
    done('line.push.sample-ruby', "the Ruby sample's call is answered", '@push-message-request-example.ruby'),
    done('line.push.sample-php', "the PHP sample's call is answered", '@push-message-request-example.php'),
    done('line.push.sample-perl', "the Perl sample's call is answered", '@push-message-request-example.perl'),
    done('line.push.sample-python', "the Python sample's call is answered", '@push-message-request-example.py'),
    done('line.push.sample-node', "the Node sample's call is answered", '@push-message-request-example.js'),
  ]),
  ...section({ part: 'platform', source: 'LINE reference 2017, "Multicast"', rows: '003/multicast' }, [
    done(
      'line.multicast.operation',
      'POST /v2/bot/message/multicast sends the same messages to many users',
      '**',
      'http-request#POST https://api.line.me/v2/bot/message/multicast',
    ),
    done(
      'line.multicast.header-content-type',
      'a multicast is sent as application/json',
      'request-headers#Content-Type',
    ),
    done(
      'line.multicast.header-authorization',
      'a multicast needs the channel access token as Bearer',
      'request-headers#Authorization',
    ),
    done('line.multicast.to', 'a multicast names its receivers in a list of user ids', 'request-body#to'),
    done('line.multicast.to-max-150', 'in the 2017 profile a multicast has at most 150 receivers', 'request-body#to'),
    done(
      'line.multicast.messages',
      'a multicast carries a list of message objects',
      'request-body',
      'request-body#messages',
    ),
    done('line.multicast.messages-max-5', 'a multicast carries at most five messages', 'request-body#messages'),
    done(
      'line.multicast.response',
      'an accepted multicast answers 200 with an empty object',
      'response',
      'response@example-json-response.json',
    ),
    done(
      'line.multicast.sample-curl',
      'the curl sample sends two texts to two users',
      '@multicast-request-example.curl',
    ),
  ]),
]
