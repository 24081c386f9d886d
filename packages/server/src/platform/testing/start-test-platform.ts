// A platform for tests: free port, frozen clock, one provider with two bots (today's profile and 2017's) and a few
// users; kept in a temp folder where a test asks for one.
import { AdjustableClock } from '../../kit/clock.ts'
import { createLog } from '../../kit/log.ts'
import { type Platform, type PlatformOptions, type PlatformSeed, startPlatform } from '../index.ts'

const id = (letter: string) => `U${letter.repeat(32)}`

export const BROWN = id('1')
export const CONY = id('2')
export const STRANGER = id('3')
export const FOREIGNER = id('4')

export const BOT = {
  channelId: '1000000001',
  channelSecret: 'a'.repeat(32),
  token: 'long-lived-token-of-the-current-bot',
  botUserId: id('b'),
}
export const OLD_BOT = {
  channelId: '1000000002',
  channelSecret: 'c'.repeat(32),
  token: 'long-lived-token-of-the-bot-of-2017',
  botUserId: id('d'),
}

/** 2026-01-01T00:00:00Z */
const START_MS = 1_767_225_600_000

export function testSeed(): PlatformSeed {
  const channel = { providerId: 'p1', kind: 'messaging' as const, webhook: { use: true }, allowLoopbackHttp: true }
  return {
    providers: [
      { providerId: 'p1', name: 'Provider One' },
      { providerId: 'p2', name: 'Provider Two' },
    ],
    channels: [
      {
        ...channel,
        channelId: BOT.channelId,
        profile: 'current',
        displayName: 'Test Bot',
        basicId: '@testbot',
        botUserId: BOT.botUserId,
        channelSecret: BOT.channelSecret,
        accessTokens: [BOT.token],
      },
      {
        ...channel,
        channelId: OLD_BOT.channelId,
        profile: '2017',
        displayName: 'Old Bot',
        basicId: '@oldbot',
        botUserId: OLD_BOT.botUserId,
        channelSecret: OLD_BOT.channelSecret,
        accessTokens: [OLD_BOT.token],
      },
    ],
    users: [
      { userId: BROWN, providerId: 'p1', displayName: 'Brown', statusMessage: 'Hello', language: 'en' },
      { userId: CONY, providerId: 'p1', displayName: 'Cony' },
      { userId: STRANGER, providerId: 'p1', displayName: 'Sally' },
      { userId: FOREIGNER, providerId: 'p2', displayName: 'Moon' },
    ],
    friendships: [
      { channelId: BOT.channelId, userId: BROWN },
      { channelId: BOT.channelId, userId: CONY },
      { channelId: OLD_BOT.channelId, userId: BROWN },
    ],
  }
}

interface ShownMessage {
  id: string
  from: { kind: 'user' | 'bot'; id: string; displayName: string }
  sentAtMs: number
  message: { type: string; text?: string }
}

interface HttpAnswer<T> {
  status: number
  headers: Headers
  body: T
}

export interface TestPlatform extends Platform {
  clock: AdjustableClock
  /** One call of the control API. */
  control<T = { message?: string }>(method: string, path: string, body?: unknown): Promise<HttpAnswer<T>>
  /** One raw call of LINE's API. */
  api<T = { message?: string }>(path: string, init?: RequestInit): Promise<HttpAnswer<T>>
  /** Sends what a bot sends, with its token. */
  post<T = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<HttpAnswer<T>>
  /** The user types a text to the bot. */
  type(text: string, from?: string, botUserId?: string): Promise<ShownMessage>
  /** What stands in the user's chat with the bot. */
  chat(userId?: string, botUserId?: string): Promise<ShownMessage[]>
  setWebhook(
    url: string,
    settings?: { redeliverWebhook?: boolean; useWebhook?: boolean },
    channelId?: string,
  ): Promise<void>
}

export async function startTestPlatform(options: Partial<PlatformOptions> = {}): Promise<TestPlatform> {
  const clock = options.clock ?? new AdjustableClock(START_MS)
  const platform = await startPlatform({
    dataDir: undefined,
    host: '127.0.0.1',
    port: 0,
    log: createLog('silent', 'test'),
    seed: testSeed(),
    pagesDir: undefined,
    clock,
    ...options,
  })

  async function call<T>(url: string, init: RequestInit): Promise<HttpAnswer<T>> {
    const answer = await fetch(url, init)
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: JSON.parse(text === '' ? '{}' : text) as T } // the test says what it expects
  }
  const control = <T>(method: string, path: string, body?: unknown) =>
    call<T>(`${platform.controlUrl}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })

  return {
    ...platform,
    clock,
    control,
    api: (path, init = {}) => call(`${platform.url}${path}`, init),
    post: (path, body, headers = {}) =>
      call(`${platform.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${BOT.token}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async type(text, from = BROWN, botUserId = BOT.botUserId) {
      const path = `/users/${from}/chats/${botUserId}/messages`
      const { body, status } = await control<{ message: ShownMessage }>('POST', path, { type: 'text', text })
      if (status !== 200) throw new Error(`the text was refused: ${JSON.stringify(body)}`)
      return body.message
    },
    async chat(userId = BROWN, botUserId = BOT.botUserId) {
      const path = `/users/${userId}/chats/${botUserId}/messages?limit=200`
      return (await control<{ messages: ShownMessage[] }>('GET', path)).body.messages
    },
    async setWebhook(url, settings = {}, channelId = BOT.channelId) {
      const { status, body } = await control('PATCH', `/channels/${channelId}`, { webhookUrl: url, ...settings })
      if (status !== 200) throw new Error(`the webhook URL was refused: ${JSON.stringify(body)}`)
    },
  }
}
