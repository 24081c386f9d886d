// What a person sees and taps: promised by the documents, shown by the phone.

import { done, section } from './requirement.ts'

export const phone = [
  ...section({ part: 'phone', source: 'What a person sees, after the Sinch LINE guide', rows: '002' }, [
    done(
      'phone.url-choice',
      'tapping a URL choice opens the page inside the app',
      'choice-messages#URL Message Choice',
      'card-messages#URL Message Choice',
      'carousel-messages#URL Message Choice',
    ),
    done(
      'phone.location-choice',
      'tapping a location choice opens the map',
      'choice-messages#Location Message Choice',
      'card-messages#Location Message Choice',
      'carousel-messages#Location Message Choice',
    ),
    done(
      'phone.call-choice',
      'tapping a call choice opens the dial panel with the number filled in',
      'choice-messages#Call Message Choice',
      'card-messages#Call Message Choice',
      'carousel-messages#Call Message Choice',
    ),
    done(
      'phone.text-choice',
      'tapping a text choice puts its text into the chat',
      'choice-messages#Text Message Choice',
      'card-messages#Text Message Choice',
      'carousel-messages#Text Message Choice',
    ),
    done(
      'phone.add-by-qr',
      "a user searches the bot's name or scans its QR code and adds it as a friend",
      'testing-the-integration',
    ),
    done('phone.block', 'a user blocks the bot in the app', 'block-bot'),
    done('phone.unblock', 'a user unblocks the bot in the app', 'unblock-bot'),
  ]),
  ...section({ part: 'phone', source: 'What a person sees, after the LINE reference 2017', rows: '003' }, [
    done('phone.image', 'a person sees the picture of an image message', 'send-message-object/image'),
    done('phone.video', 'a person plays a video message', 'send-message-object/video'),
    done('phone.audio', 'a person plays an audio message', 'send-message-object/audio'),
    done('phone.location', 'a person sees a place on a map', 'send-message-object/location'),
    done('phone.sticker', 'a person sees the sticker', 'send-message-object/sticker'),
    done(
      'phone.imagemap',
      'a person sees the picture of an imagemap and taps its regions',
      'send-message-object/imagemap-message',
    ),
    done(
      'phone.templates',
      'a person sees the layout of each template and taps its buttons',
      'send-message-object/template-messages',
      'send-message-object/template-messages/buttons',
      'send-message-object/template-messages/confirm',
    ),
    done(
      'phone.carousel-cycle',
      'a person pages through the columns of a carousel',
      'send-message-object/template-messages/carousel',
      'send-message-object/template-messages/image-carousel',
    ),
    done(
      'phone.datetime-dialog',
      'a person picks date and time in a dialog',
      'send-message-object/template-messages/template-action/datetime-picker-action',
    ),
    done(
      'phone.uri-action',
      'a person who taps a uri action sees the page opened',
      'send-message-object/template-messages/template-action/uri-action',
    ),
    done(
      'phone.beacon-banner',
      'a person sees the beacon banner and taps it',
      'line-beacon/bringing-information-together-with-beacon-banner',
    ),
    done(
      'phone.beacon-setting',
      'a person turns on "Use LINE Beacon" in the settings',
      'line-beacon/receiving-webhooks-from-a-line-user#Select Use LINE Beacon',
      'line-beacon/receiving-webhooks-from-a-line-user#LINE > Settings >',
    ),
  ]),
]
