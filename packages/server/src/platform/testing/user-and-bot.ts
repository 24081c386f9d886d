// A platform with a bot that listens, for tests of what users do: acts go over the control API, events come over HTTP.
import { BOT, BROWN, OLD_BOT, startTestPlatform, type TestPlatform } from './start-test-platform.ts'

interface EventSeen {
  type: string
  replyToken?: string
  webhookEventId?: string
  timestamp: number
  source?: { type: string; userId?: string; groupId?: string; roomId?: string }
  message?: Record<string, unknown> & { id: string }
  [field: string]: unknown
}

/** What an act answers. */
interface ActAnswer {
  status: number
  body: {
    message?: {
      id: string
      message: { type: string; [field: string]: unknown }
      content?: { url: string }
      [field: string]: unknown
    }
    messages?: { id: string; message: { type: string; [field: string]: unknown } }[]
    webhookEventIds?: string[]
    notSent?: string
    chatId?: string
    [field: string]: unknown
  }
}

/** Where the bots listen. */
interface Receiver {
  url: string
  received: { rawBody: string }[]
  close(): Promise<void>
}

export interface UserAndBot {
  platform: TestPlatform
  /** POST below /_hatoba; waits until the bot was told. */
  act(path: string, body?: unknown): Promise<ActAnswer>
  /** As {@link act} where it must be taken. */
  done(path: string, body?: unknown): Promise<ActAnswer['body']>
  /** The events that came since the last look, of all channels. */
  events(): EventSeen[]
  /** The one event that came since the last look. */
  event(): EventSeen
  upload(bytes: Buffer, mediaType?: string): Promise<string>
  /** The bot sends to Brown, or whom it is told; the id of the last message. */
  push(messages: object[], options?: { to?: string; token?: string }): Promise<string>
  close(): Promise<void>
}

/** @param bot is closed with the platform */
export async function startUserAndBot(bot: Receiver): Promise<UserAndBot> {
  const platform = await startTestPlatform()
  for (const { channelId } of [BOT, OLD_BOT]) {
    await platform.setWebhook(`${bot.url}/${channelId}`, {}, channelId)
    await platform.control('PATCH', `/channels/${channelId}`, { joinGroups: true, beacons: true })
  }
  let seen = 0

  const act: UserAndBot['act'] = async (path, body = {}) => {
    const { status, body: answer } = await platform.control<ActAnswer['body']>('POST', path, body)
    await platform.settle()
    return { status, body: answer }
  }
  const events = () => {
    const fresh = bot.received.slice(seen)
    seen = bot.received.length
    return fresh.flatMap(({ rawBody }) => (JSON.parse(rawBody) as { events: EventSeen[] }).events) // what a webhook is
  }
  return {
    platform,
    act,
    events,
    event() {
      const [first, ...others] = events()
      if (first === undefined || others.length > 0)
        throw new Error(`${others.length + (first === undefined ? 0 : 1)} events came and not one`)
      return first
    },
    async done(path, body) {
      const { status, body: answer } = await act(path, body)
      if (status >= 300) throw new Error(`${path} was refused with ${status}: ${JSON.stringify(answer)}`)
      return answer
    },
    async upload(bytes, mediaType = 'application/octet-stream') {
      const answer = await fetch(`${platform.controlUrl}/uploads`, {
        method: 'POST',
        headers: { 'content-type': mediaType },
        body: new Uint8Array(bytes),
      })
      const { uploadId } = (await answer.json()) as { uploadId: string } // as the control API says
      return uploadId
    },
    async push(messages, { to = BROWN, token = BOT.token } = {}) {
      const headers = { authorization: `Bearer ${token}` }
      const { status, body } = await platform.post('/v2/bot/message/push', { to, messages }, headers)
      if (status !== 200) throw new Error(`the push was refused: ${JSON.stringify(body)}`)
      const chatId = to.startsWith('U') ? (token === BOT.token ? BOT.botUserId : OLD_BOT.botUserId) : to
      const path = `/users/${BROWN}/chats/${chatId}/messages?limit=1`
      const chat = await platform.control<{ messages: { id: string }[] }>('GET', path)
      return chat.body.messages.at(-1)?.id ?? ''
    },
    async close() {
      await platform.close()
      await bot.close()
    },
  }
}
