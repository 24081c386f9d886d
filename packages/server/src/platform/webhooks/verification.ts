// What the console's "Verify" sends.
import type { ApiProfile, WebhookEvent } from '@hatoba/line/wire'

const DUMMY_USER_ID = 'Udeadbeefdeadbeefdeadbeefdeadbeef'

/** LINE facts sheet, "2017 webhook": two dummy events then; an empty list today. */
export function verificationEvents(profile: ApiProfile, timestamp: number): WebhookEvent[] {
  if (profile === 'current') return []
  const common = {
    type: 'message' as const,
    mode: 'active' as const,
    timestamp,
    source: { type: 'user' as const, userId: DUMMY_USER_ID },
    webhookEventId: '00000000000000000000000000', // the 2017 shape leaves it out
    deliveryContext: { isRedelivery: false },
  }
  return [
    {
      ...common,
      replyToken: '0'.repeat(32),
      message: { id: '100001', type: 'text', text: 'Hello, world', quoteToken: '' },
    },
    {
      ...common,
      replyToken: 'f'.repeat(32),
      message: {
        id: '100002',
        type: 'sticker',
        packageId: '1',
        stickerId: '1',
        stickerResourceType: 'STATIC',
        quoteToken: '',
      },
    },
  ]
}
