// What the LINE reference of 2017 promises on the messages that a bot sends.

import { notYet, section } from './requirement.ts'

export const lineMessages = [
  ...section(
    { part: 'platform', source: 'LINE reference 2017, "Send message object"', rows: '003/send-message-object' },
    [
      notYet('line.message.object', 'what a bot sends is a list of message objects, each of a known type', '.'),
      notYet(
        'line.message.text',
        'a message of type "text" shows a text',
        'text',
        'text#type',
        'text@text-example.json',
      ),
      notYet('line.message.text-text', 'a text message needs its text', 'text#text'),
      notYet('line.message.text-max-2000', 'in the 2017 profile a text has at most 2000 characters', 'text#text'),
      notYet(
        'line.message.text-emoji',
        'a LINE emoji in a text arrives as its code point',
        'text@text-example-with-emoji.json',
      ),
      notYet(
        'line.message.image',
        'a message of type "image" shows an image that the platform fetches',
        'image',
        'image#type',
        'image@image-example.json',
      ),
      notYet(
        'line.message.image-original-url',
        'an image needs the https URL, up to 1000 characters, of a JPEG',
        'image#originalContentUrl',
      ),
      notYet(
        'line.message.image-original-limits',
        'an image file is at most 1024 x 1024 pixels and 1 MB in the 2017 profile',
        'image#originalContentUrl',
      ),
      notYet(
        'line.message.image-preview-url',
        'an image needs the https URL, up to 1000 characters, of a JPEG preview',
        'image#previewImageUrl',
      ),
      notYet(
        'line.message.image-preview-limits',
        "an image's preview is at most 240 x 240 pixels and 1 MB",
        'image#previewImageUrl',
      ),
      notYet(
        'line.message.video',
        'a message of type "video" shows a video',
        'video',
        'video#type',
        'video@video-example.json',
      ),
      notYet(
        'line.message.video-original-url',
        'a video needs the https URL, up to 1000 characters, of an mp4',
        'video#originalContentUrl',
      ),
      notYet(
        'line.message.video-original-limits',
        'a video file is under one minute and at most 10 MB in the 2017 profile',
        'video#originalContentUrl',
      ),
      notYet(
        'line.message.video-preview-url',
        'a video needs the https URL, up to 1000 characters, of a JPEG preview',
        'video#previewImageUrl',
      ),
      notYet(
        'line.message.video-preview-limits',
        "a video's preview is at most 240 x 240 pixels and 1 MB",
        'video#previewImageUrl',
      ),
      notYet(
        'line.message.audio',
        'a message of type "audio" plays a sound',
        'audio',
        'audio#type',
        'audio@audio-example.json',
      ),
      notYet(
        'line.message.audio-original-url',
        'an audio needs the https URL, up to 1000 characters, of an m4a',
        'audio#originalContentUrl',
      ),
      notYet(
        'line.message.audio-original-limits',
        'an audio file is under one minute and at most 10 MB in the 2017 profile',
        'audio#originalContentUrl',
      ),
      notYet('line.message.audio-duration', 'an audio needs its length in milliseconds', 'audio#duration'),
      notYet(
        'line.message.location',
        'a message of type "location" shows a place',
        'location',
        'location#type',
        'location@location-example.json',
      ),
      notYet('line.message.location-title', 'a place needs a title of at most 100 characters', 'location#title'),
      notYet('line.message.location-address', 'a place needs an address of at most 100 characters', 'location#address'),
      notYet('line.message.location-latitude', 'a place needs its latitude', 'location#latitude'),
      notYet('line.message.location-longitude', 'a place needs its longitude', 'location#longitude'),
      notYet(
        'line.message.sticker',
        'a message of type "sticker" shows a sticker',
        'sticker',
        'sticker#type',
        'sticker@sticker-example.json',
      ),
      notYet('line.message.sticker-package-id', 'a sticker needs its package id', 'sticker#packageId'),
      notYet('line.message.sticker-sticker-id', 'a sticker needs its sticker id', 'sticker#stickerId'),
    ],
  ),
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Imagemap message"',
      rows: '003/send-message-object/imagemap-message',
    },
    [
      notYet('line.imagemap.type', 'a message of type "imagemap" shows an image with regions to tap', '.', '#type'),
      notYet('line.imagemap.base-url', 'an imagemap needs an https base URL of at most 1000 characters', '#baseUrl'),
      notYet(
        'line.imagemap.base-url-width',
        'the image is fetched at the base URL with the width in pixels appended',
        'base-url',
        'base-url@sample.url',
        'base-url@sample.url~2',
      ),
      notYet('line.imagemap.alt-text', 'an imagemap needs an alternative text of at most 400 characters', '#altText'),
      notYet('line.imagemap.base-width', "an imagemap's base width is 1040", '#baseSize.width'),
      notYet(
        'line.imagemap.base-height',
        'an imagemap tells the height that belongs to the width of 1040',
        '#baseSize.height',
      ),
      notYet('line.imagemap.actions', 'an imagemap has at most 50 actions', '#actions'),
      notYet(
        'line.imagemap.sample',
        'the imagemap sample with two regions is accepted',
        '@imagemap-with-two-tappable-regions-on-the-left-and-the-right.json',
      ),
      notYet('line.imagemap.action', 'tapping a region runs its action', 'imagemap-action-object'),
      notYet(
        'line.imagemap.uri-action',
        'a region of type "uri" opens a page',
        'imagemap-action-object/uri-action',
        'imagemap-action-object/uri-action#type',
      ),
      notYet(
        'line.imagemap.uri-action-link',
        'a uri region needs a link of at most 1000 characters',
        'imagemap-action-object/uri-action#linkUri',
      ),
      notYet('line.imagemap.uri-action-area', 'a uri region needs its area', 'imagemap-action-object/uri-action#area'),
      notYet(
        'line.imagemap.message-action',
        'a region of type "message" sends a text as the user',
        'imagemap-action-object/message-action',
        'imagemap-action-object/message-action#type',
      ),
      notYet(
        'line.imagemap.message-action-text',
        'a message region needs a text of at most 400 characters',
        'imagemap-action-object/message-action#text',
      ),
      notYet(
        'line.imagemap.message-action-area',
        'a message region needs its area',
        'imagemap-action-object/message-action#area',
      ),
      notYet(
        'line.imagemap.area-x',
        'an area needs its horizontal position, counted from the left of 1040',
        'imagemap-area-object',
        'imagemap-area-object#x',
      ),
      notYet(
        'line.imagemap.area-y',
        'an area needs its vertical position, counted from the top',
        'imagemap-area-object#y',
      ),
      notYet('line.imagemap.area-width', 'an area needs its width', 'imagemap-area-object#width'),
      notYet('line.imagemap.area-height', 'an area needs its height', 'imagemap-area-object#height'),
    ],
  ),
]
