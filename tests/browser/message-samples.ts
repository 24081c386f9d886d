// One message of a bot of each kind: what the tests tap and what the pictures of the documentation show.

export interface MessageSample {
  /** Also the name of its picture. */
  name: string
  messages: readonly object[]
  /** Words that stand in the chat once it is there. */
  shows: string
}

/** @param mediaUrl where media-host.ts serves */
export function messageSamples(mediaUrl: string): MessageSample[] {
  const picture = (size: string, number: number) => `${mediaUrl}/picture/${size}/${number}.png`
  const say = (label: string, text = label) => ({ type: 'message', label, text })
  return [
    {
      name: 'text',
      shows: 'Two seats',
      messages: [
        {
          type: 'text',
          text: 'Two seats on the 13:40 $ https://ferry.example.com/7F3K',
          emojis: [{ index: 23, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }],
        },
        { type: 'text', text: '島行きのフェリーは13時40分に出ます。⛴️' },
        { type: 'text', text: 'เรือออกเวลา 13:40 น. จากท่าเรือ 3 🕊️' },
        { type: 'text', text: '去岛上的渡轮13点40分开船，请在三号码头上船。' },
        { type: 'text', text: 'See you \u{100084} aboard', sender: { name: 'Captain', iconUrl: picture('64x64', 1) } },
      ],
    },
    {
      name: 'sticker',
      shows: '1988',
      messages: [
        { type: 'sticker', packageId: '446', stickerId: '1988' },
        { type: 'sticker', packageId: '900001', stickerId: '90000101' },
      ],
    },
    {
      name: 'image',
      shows: '',
      messages: [
        { type: 'image', originalContentUrl: picture('1024x768', 0), previewImageUrl: picture('480x360', 0) },
        { type: 'image', originalContentUrl: `${mediaUrl}/gone.png`, previewImageUrl: `${mediaUrl}/gone.png` },
      ],
    },
    {
      name: 'video',
      shows: '',
      messages: [
        {
          type: 'video',
          originalContentUrl: `${mediaUrl}/film.mp4`,
          previewImageUrl: picture('480x270', 2),
          trackingId: 'trip-to-the-island',
        },
      ],
    },
    {
      name: 'audio',
      shows: '0:03',
      messages: [{ type: 'audio', originalContentUrl: `${mediaUrl}/sound.mp3`, duration: 3000 }],
    },
    {
      name: 'location',
      shows: 'Osanbashi Pier',
      messages: [
        {
          type: 'location',
          title: 'Osanbashi Pier',
          address: '1-1-4 Kaigandori, Naka-ku, Yokohama',
          latitude: 35.45155,
          longitude: 139.6478,
        },
      ],
    },
    {
      name: 'imagemap',
      shows: '2 areas',
      messages: [
        {
          type: 'imagemap',
          baseUrl: `${mediaUrl}/map`,
          altText: 'A map of the piers',
          baseSize: { width: 1040, height: 1040 },
          actions: [
            {
              type: 'uri',
              label: 'West pier',
              linkUri: `${mediaUrl}/page`,
              area: { x: 0, y: 0, width: 520, height: 1040 },
            },
            {
              type: 'message',
              label: 'East pier',
              text: 'East pier, please',
              area: { x: 520, y: 0, width: 520, height: 1040 },
            },
          ],
        },
      ],
    },
    {
      name: 'buttons',
      shows: 'Where to?',
      messages: [
        {
          type: 'template',
          altText: 'Where to? Buttons',
          template: {
            type: 'buttons',
            thumbnailImageUrl: picture('906x600', 3),
            imageBackgroundColor: '#d9f0f7',
            title: 'Where to?',
            text: 'The next ferries leave from pier 3.',
            defaultAction: { type: 'uri', label: 'Timetable', uri: `${mediaUrl}/page` },
            actions: [
              { type: 'postback', label: 'Book a seat', data: 'book=1340', displayText: 'I book a seat' },
              say('Which ferries?'),
              { type: 'uri', label: 'Call the wharf', uri: 'tel:+81-45-123-4567' },
              {
                type: 'datetimepicker',
                label: 'Another day',
                data: 'day',
                mode: 'date',
                initial: '2026-12-24',
                min: '2026-12-01',
                max: '2026-12-31',
              },
            ],
          },
        },
      ],
    },
    {
      name: 'confirm',
      shows: 'Two seats to the island?',
      messages: [
        {
          type: 'template',
          altText: 'Two seats? Confirm',
          template: {
            type: 'confirm',
            text: 'Two seats to the island?',
            actions: [
              { type: 'postback', label: 'Yes', data: 'seats=2', text: 'Yes, please' },
              say('No', 'No, thank you'),
            ],
          },
        },
      ],
    },
    {
      name: 'carousel',
      shows: 'Island of cats',
      messages: [
        {
          type: 'template',
          altText: 'Three islands',
          template: {
            type: 'carousel',
            columns: ['Island of cats', 'Island of pines', '灯台の島'].map((title, number) => ({
              thumbnailImageUrl: picture('906x600', number),
              title,
              text: [
                'Forty minutes, and more cats than people.',
                'A walk of two hours around it.',
                '夕日がきれいです。',
              ][number],
              actions: [
                { type: 'postback', label: 'Go there', data: `island=${number}` },
                { type: 'datetimepicker', label: 'Pick a time', data: `time=${number}`, mode: 'datetime' },
              ],
            })),
          },
        },
      ],
    },
    {
      name: 'image-carousel',
      shows: 'Morning',
      messages: [
        {
          type: 'template',
          altText: 'Four views',
          template: {
            type: 'image_carousel',
            columns: ['Morning', 'Noon', 'Evening', 'Rain'].map((label, number) => ({
              imageUrl: picture('512x512', number),
              action: { type: 'postback', label, data: `view=${label.toLowerCase()}` },
            })),
          },
        },
      ],
    },
    {
      name: 'quick-replies',
      shows: 'How shall we find you?',
      messages: [
        {
          type: 'text',
          text: 'How shall we find you?',
          quickReply: {
            items: [
              { type: 'location', label: 'Send my place' },
              { type: 'camera', label: 'Take a picture' },
              { type: 'cameraRoll', label: 'Choose pictures' },
              { type: 'clipboard', label: 'Copy the code', clipboardText: 'WHARF-3' },
              { type: 'datetimepicker', label: 'Pick a time', data: 'at', mode: 'time', initial: '13:40' },
              {
                type: 'postback',
                label: 'Write to us',
                data: 'write',
                inputOption: 'openKeyboard',
                fillInText: 'Dear crew, ',
              },
            ].map((action) => ({ type: 'action', action })),
          },
        },
      ],
    },
  ]
}
