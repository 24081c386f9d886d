// What the LINE guide of 8x8 promises.

import { done, notYet, section } from './requirement.ts'

export const eightxeight = [
  ...section({ part: '8x8', source: '8x8 LINE guide, set-up', rows: '000' }, [
    done(
      '8x8.setup.messaging-api',
      'the gateway sends and receives on LINE for a sub-account through the Messaging API',
      'line',
      'getting-started',
    ),
    notYet(
      '8x8.setup.account',
      'a customer needs an account with messaging',
      'prerequisites',
      'prerequisites#An 8x8 Connect account with Messaging',
    ),
    notYet(
      '8x8.setup.official-account',
      'a customer needs a LINE Official Account with a Messaging API channel',
      'prerequisites#A LINE Official Account',
      'channel-setup#In the LINE Official Account Manager',
    ),
    notYet(
      '8x8.setup.developers-console',
      "the channel's secrets are read where LINE channels are managed",
      'prerequisites#Access to the LINE Developers Console',
      'channel-setup#In the LINE Developers Console',
    ),
    notYet(
      '8x8.setup.channel-id',
      'a LINE channel is set up on a sub-account with its channel id',
      'channel-setup',
      'channel-setup#Channel ID',
    ),
    notYet(
      '8x8.setup.channel-secret',
      'a LINE channel is set up on a sub-account with its channel secret',
      'channel-setup#Channel Secret',
    ),
    notYet(
      '8x8.setup.channel-on-sub-account',
      'channel id and secret suffice to configure the LINE channel on a sub-account',
      'channel-setup#Provide the Channel ID and Channel',
    ),
    notYet(
      '8x8.setup.webhook-console',
      'the webhook is set up where LINE channels are managed',
      'webhook-configuration',
      'webhook-configuration#In the LINE Developers Console',
    ),
    notYet(
      '8x8.setup.webhook-url',
      'the gateway tells the webhook URL to set on the LINE channel',
      'webhook-configuration#Under Webhook settings',
    ),
    notYet(
      '8x8.setup.use-webhook',
      'inbound messages arrive once the setting "Use webhook" of the channel is on',
      'webhook-configuration#Enable Use webhook',
    ),
  ]),
  ...section({ part: '8x8', source: '8x8 LINE guide, sending', rows: '000' }, [
    done(
      '8x8.send.text',
      "the text sample arrives in the user's chat",
      'sending-a-text-message',
      'sending-a-text-message@sample.json',
    ),
    done('8x8.send.user-line-user-id', 'user.lineUserId names the receiver', 'sending-a-text-message@sample.json'),
    done('8x8.send.type', 'type names the kind of the message', 'sending-a-text-message@sample.json'),
    done('8x8.send.content-text', 'content.text is the text of a Text message', 'sending-a-text-message@sample.json'),
    done(
      '8x8.send.image',
      'the image sample arrives as an image message',
      'sending-an-image-message',
      'sending-an-image-message@sample.json',
    ),
    done('8x8.send.image-url', 'content.url is the full-size image', 'sending-an-image-message#content.url'),
    done(
      '8x8.send.image-thumbnail',
      'content.image.thumbnail is the preview image',
      'sending-an-image-message#content.image.thumbnail',
    ),
    done(
      '8x8.send.video',
      'the video sample arrives as a video message',
      'sending-a-video-message',
      'sending-a-video-message@sample.json',
    ),
    done('8x8.send.video-url', 'content.url is the video file', 'sending-a-video-message#content.url'),
    done(
      '8x8.send.video-thumbnail',
      'content.video.thumbnail is the preview image',
      'sending-a-video-message#content.video.thumbnail',
    ),
    done(
      '8x8.send.audio',
      'the audio sample arrives as an audio message',
      'sending-an-audio-message',
      'sending-an-audio-message@sample.json',
    ),
    done('8x8.send.audio-url', 'content.url is the audio file', 'sending-an-audio-message#content.url'),
    done(
      '8x8.send.audio-duration',
      'content.audio.duration is required, in seconds',
      'sending-an-audio-message#content.audio.duration',
    ),
    done(
      '8x8.send.location',
      'the location sample arrives as a location message',
      'sending-a-location-message',
      'sending-a-location-message@sample.json',
    ),
    done(
      '8x8.send.location-latitude',
      "content.location.latitude is the place's latitude",
      'sending-a-location-message#content.location.latitude',
    ),
    done(
      '8x8.send.location-longitude',
      "content.location.longitude is the place's longitude",
      'sending-a-location-message#content.location.longitude',
    ),
    done(
      '8x8.send.location-name',
      "content.location.name is the place's title",
      'sending-a-location-message#content.location.name',
    ),
    done(
      '8x8.send.location-address',
      "content.location.address is the place's address",
      'sending-a-location-message#content.location.address',
    ),
  ]),
  ...section({ part: '8x8', source: '8x8 LINE guide, "Receiving Inbound Messages"', rows: '000' }, [
    notYet(
      '8x8.inbound.forwarded',
      "what a LINE user sends is posted to the sub-account's webhook URL",
      'receiving-inbound-messages',
      'inbound-webhook-format',
    ),
    notYet(
      '8x8.inbound.webhook-configuration',
      'a customer sets the webhook by the Webhook Configuration API',
      'receiving-inbound-messages',
    ),
    done('8x8.inbound.event-type', 'eventType is always inboundMessage', 'inbound-webhook-format#eventType'),
    done('8x8.inbound.channel', 'channel is always line', 'inbound-webhook-format#channel'),
    done(
      '8x8.inbound.channel-user-id',
      "user.channelUserId is the sender's LINE user id",
      'inbound-webhook-format#user.channelUserId',
    ),
    done('8x8.inbound.umid', 'umid is the UUID of the inbound message', 'inbound-webhook-format#umid'),
    done(
      '8x8.inbound.sub-account-id',
      'subAccountId is the sub-account that receives',
      'inbound-webhook-format#subAccountId',
    ),
    done('8x8.inbound.timestamp', 'timestamp is the UTC time in ISO 8601 form', 'inbound-webhook-format#timestamp'),
    done('8x8.inbound.type', 'type is Text, Image, Video, Audio, File or Location', 'inbound-webhook-format#type'),
    done('8x8.inbound.content', 'content has the form of its type', 'inbound-webhook-format#content'),
    done('8x8.inbound.version', "version is the number of the webhook's format", 'inbound-webhook-format#version'),
    done(
      '8x8.inbound.recipient-id',
      'recipient.recipientId is the LINE channel that received the message',
      'inbound-webhook-format#recipient.recipientId',
    ),
    done(
      '8x8.inbound.text',
      "an inbound text is posted with the sample's keys",
      'inbound-text-message',
      'inbound-text-message@sample.json',
    ),
    done(
      '8x8.inbound.image',
      "an inbound image is posted with the sample's keys",
      'inbound-image-message',
      'inbound-image-message@sample.json',
    ),
    done('8x8.inbound.media-url-24h', 'a media URL is signed and expires after 24 hours', 'inbound-image-message'),
    done(
      '8x8.inbound.video',
      "an inbound video is posted with the sample's keys",
      'inbound-video-message',
      'inbound-video-message@sample.json',
    ),
    done(
      '8x8.inbound.audio',
      "an inbound audio is posted with the sample's keys",
      'inbound-audio-message',
      'inbound-audio-message@sample.json',
    ),
    done(
      '8x8.inbound.file',
      "an inbound file is posted with the sample's keys",
      'inbound-file-message',
      'inbound-file-message@sample.json',
    ),
    done(
      '8x8.inbound.location',
      "an inbound location is posted with the sample's keys",
      'inbound-location-message',
      'inbound-location-message@sample.json',
    ),
    done(
      '8x8.inbound.location-latitude',
      'an inbound location has its latitude',
      'inbound-location-message@sample.json',
    ),
    done(
      '8x8.inbound.location-longitude',
      'an inbound location has its longitude',
      'inbound-location-message@sample.json',
    ),
    done('8x8.inbound.location-name', 'an inbound location has its name', 'inbound-location-message@sample.json'),
    done('8x8.inbound.location-address', 'an inbound location has its address', 'inbound-location-message@sample.json'),
  ]),
]
