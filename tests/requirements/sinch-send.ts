// What the LINE guide of Sinch promises on sending.

import { done, notYet, section } from './requirement.ts'

export const sinchSend = [
  ...section({ part: 'sinch', source: 'Sinch LINE guide, "Sending Messages"', rows: '002' }, [
    notYet(
      'sinch.send.mapping',
      "a generic message is turned into LINE's own kinds where LINE has one, and else into what LINE can show",
      'sending-messages',
    ),
    notYet(
      'sinch.send.video-tracking-id',
      'the channel property LINE_VIDEO_TRACKING_ID gives a video its tracking id',
      'sending-messages',
      'receiving-video-play-complete-event',
    ),
    notYet(
      'sinch.send.notification-message',
      'a message to a phone number goes out as a LINE notification message',
      'push-via-phone-number-notification-messages',
    ),
    notYet(
      'sinch.send.notification-template-form',
      "a notification's template is handed in for approval",
      'push-via-phone-number-notification-messages#Populate the template form here',
    ),
    notYet(
      'sinch.send.notification-purchase',
      'notification messages are enabled per customer',
      'push-via-phone-number-notification-messages#Contact your account manager to purchase',
    ),
    notYet(
      'sinch.send.notification-approval',
      'a template can be used once it is approved',
      'push-via-phone-number-notification-messages#Wait up to seven days to',
    ),
    notYet(
      'sinch.send.notification-send',
      'approved content is sent through the Conversation API',
      'push-via-phone-number-notification-messages#Send approved message content to the',
    ),
    done('sinch.send.text', 'a text_message arrives as a LINE text', 'text-messages'),
    done('sinch.send.media', 'a media_message arrives as a LINE image, video or audio', 'media-messages'),
    done('sinch.send.media-https', 'a media URL must be https with TLS 1.2 or later', 'media-messages'),
    done('sinch.send.media-image-formats', 'jpeg, jpg and png are images', 'media-messages#Image formats'),
    done('sinch.send.media-image-10mb', 'an image file has at most 10 MB', 'media-messages#Max image file size'),
    done('sinch.send.media-video-formats', 'mp4 is a video', 'media-messages#Video formats'),
    done(
      'sinch.send.media-video-thumbnail',
      'a video needs a thumbnail',
      'media-messages#Video thumbnail image is required',
    ),
    done('sinch.send.media-video-200mb', 'a video file has at most 200 MB', 'media-messages#Max video file size'),
    done('sinch.send.media-thumbnail-1mb', 'a thumbnail has at most 1 MB', 'media-messages#Max thumbnail image size'),
    done('sinch.send.media-audio-formats', 'm4a is an audio', 'media-messages#Audio formats'),
    done('sinch.send.media-audio-200mb', 'an audio file has at most 200 MB', 'media-messages#Max audio file size'),
    notYet(
      'sinch.send.choice',
      'a choice_message arrives as a LINE buttons template',
      'choice-messages',
      'choice-messages#Choice Buttons',
    ),
    notYet('sinch.send.choice-text-160', "a choice message's text has at most 160 characters", 'choice-messages#Text'),
    notYet('sinch.send.choice-max-4', 'a choice message has at most 4 buttons', 'choice-messages#Max 4 buttons'),
    notYet(
      'sinch.send.choice-text-choice',
      'a text choice shows its text in the chat and sends its postback data unseen',
      'choice-messages#Text Message Choice',
    ),
    notYet(
      'sinch.send.choice-url',
      'a URL choice becomes a uri action with the URL',
      'choice-messages#URL Message Choice',
    ),
    notYet(
      'sinch.send.choice-location',
      'a location choice becomes a uri action that opens the map',
      'choice-messages#Location Message Choice',
    ),
    notYet(
      'sinch.send.choice-call',
      'a call choice becomes a uri action with the number',
      'choice-messages#Call Message Choice',
    ),
    notYet(
      'sinch.send.card',
      'a card_message arrives as a LINE buttons template with an image',
      'card-messages',
      'card-messages#Image',
      'card-messages#Choice Buttons',
    ),
    notYet('sinch.send.card-image-width', "a card's image is at most 1024 pixels wide", 'card-messages#Max width'),
    notYet(
      'sinch.send.card-image-ratio',
      "a card's image is 1.51 to 1 or square",
      'card-messages#Aspect ratio of the image must',
      'card-messages#rectangle',
      'card-messages#square',
    ),
    notYet('sinch.send.card-title-40', "a card's title has at most 40 characters", 'card-messages#Title'),
    notYet(
      'sinch.send.card-description-60',
      "a card's description has at most 60 characters",
      'card-messages#Description',
    ),
    notYet('sinch.send.card-max-4', 'a card has at most 4 buttons', 'card-messages#Max of 4 buttons'),
    notYet(
      'sinch.send.card-text-choice',
      "a card's text choice shows its text in the chat and sends its postback data unseen",
      'card-messages#Text Message Choice',
    ),
    notYet(
      'sinch.send.card-url',
      "a card's URL choice becomes a uri action with the URL",
      'card-messages#URL Message Choice',
    ),
    notYet(
      'sinch.send.card-location',
      "a card's location choice becomes a uri action that opens the map",
      'card-messages#Location Message Choice',
    ),
    notYet(
      'sinch.send.card-call',
      "a card's call choice becomes a uri action with the number",
      'card-messages#Call Message Choice',
    ),
    notYet(
      'sinch.send.carousel',
      'a carousel_message arrives as a LINE carousel template',
      'carousel-messages',
      'carousel-messages#Image',
      'carousel-messages#Choice Buttons',
    ),
    notYet('sinch.send.carousel-max-10', 'a carousel has at most 10 cards', 'carousel-messages'),
    notYet(
      'sinch.send.carousel-image-width',
      "a carousel card's image is at most 1024 pixels wide",
      'carousel-messages#Max width',
    ),
    notYet(
      'sinch.send.carousel-image-ratio',
      "a carousel card's image is 1.51 to 1 or square",
      'carousel-messages#Aspect ratio of the image must',
      'carousel-messages#rectangle',
      'carousel-messages#square',
    ),
    notYet(
      'sinch.send.carousel-title-40',
      "a carousel card's title has at most 40 characters",
      'carousel-messages#Title',
    ),
    notYet(
      'sinch.send.carousel-description-60',
      "a carousel card's description has at most 60 characters",
      'carousel-messages#Description',
    ),
    notYet('sinch.send.carousel-max-3', 'a carousel card has at most 3 buttons', 'carousel-messages#Max of 3 buttons'),
    notYet(
      'sinch.send.carousel-text-choice',
      "a carousel's text choice shows its text in the chat and sends its postback data unseen",
      'carousel-messages#Text Message Choice',
    ),
    notYet(
      'sinch.send.carousel-url',
      "a carousel's URL choice becomes a uri action with the URL",
      'carousel-messages#URL Message Choice',
    ),
    notYet(
      'sinch.send.carousel-location',
      "a carousel's location choice becomes a uri action that opens the map",
      'carousel-messages#Location Message Choice',
    ),
    notYet(
      'sinch.send.carousel-call',
      "a carousel's call choice becomes a uri action with the number",
      'carousel-messages#Call Message Choice',
    ),
    done('sinch.send.location', 'a location_message arrives as a LINE location', 'location-messages'),
    notYet(
      'sinch.send.explicit-sticker',
      "the sample's explicit_channel_message arrives as a LINE sticker",
      'sticker-messages',
      'sticker-messages@sample.json',
    ),
    notYet('sinch.send.explicit-app-id', 'app_id names the sending app', 'sticker-messages@sample.json'),
    notYet(
      'sinch.send.explicit-recipient',
      'recipient.contact_id names the contact to send to',
      'sticker-messages@sample.json',
    ),
    notYet(
      'sinch.send.explicit-channel-message',
      'explicit_channel_message.LINE is the body for LINE as text, sent as it stands',
      'sticker-messages@sample.json',
    ),
  ]),
]
