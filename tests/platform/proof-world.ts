// The platform as the proofs meet it: a bot of each profile with a server of its own that keeps what it is told, people
// with full profiles, a group and a room.
import {
  BOT,
  BROWN,
  CONY,
  OLD_BOT,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../../packages/server/src/platform/testing/start-test-platform.ts'
import { type HttpReceiver, startReceiver } from '../testkit/http-receiver.ts'

export const GROUP = `C${'5'.repeat(32)}`
export const ROOM = `R${'6'.repeat(32)}`
/** What the permission to send mission stickers came with. */
export const ACL = 'acl-of-the-permission'
export const BROWNS_PHONE = '+819012345678'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

export interface ProofWorld {
  platform: TestPlatform
  /** What the bot's server was sent. */
  webhooks: HttpReceiver
  /** How the bot's server answers; with 200 unless set. */
  answer: (() => Promise<{ status: number }>) | undefined
  /** Acts, waits until nothing is on its way, and gives the events that the bot was told since. */
  eventsOf(act: () => Promise<unknown>): Promise<JsonObject[]>
  /** A call of the control API that must succeed. */
  act<T = JsonObject>(method: string, path: string, body?: unknown): Promise<T>
  /** Uploads a file as a user's app does. Answers its id. */
  upload(bytes: Buffer, mediaType: string): Promise<string>
  close(): Promise<void>
}

/** @param bot whose server is set up; the group and the room are its own */
export async function startProofWorld(bot: typeof BOT): Promise<ProofWorld> {
  const seed = testSeed()
  const webhooks = await startReceiver(() => world.answer?.() ?? { status: 200 })
  const channels = seed.channels.map((channel) => ({
    ...channel,
    settings: { joinGroups: true, beacons: true, markAsReadMode: 'manual' as const },
    apiAccess: { missionStickerAcl: ACL },
    ...(channel.channelId === bot.channelId && { webhook: { url: webhooks.url, use: true } }),
  }))
  const pictureUrl = 'https://obs.line-apps.com/picture'
  const users = seed.users.map((user) =>
    user.userId === BROWN ? { ...user, pictureUrl, useBeacon: true, phoneNumber: BROWNS_PHONE } : user,
  )
  const members = [BROWN, CONY]
  const common = { providerId: 'p1', members, botChannelId: bot.channelId }
  const groups = [
    { ...common, kind: 'group' as const, chatId: GROUP, name: 'Friends' },
    { ...common, kind: 'room' as const, chatId: ROOM },
  ]
  const platform = await startTestPlatform({ seed: { ...seed, channels, users, groups } })

  async function act<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await platform.control<T>(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const world: ProofWorld = {
    platform,
    webhooks,
    answer: undefined,
    act,
    async eventsOf(doIt) {
      await platform.settle()
      const before = webhooks.received.length
      await doIt()
      await platform.settle()
      return webhooks.received.slice(before).flatMap(({ rawBody }) => JSON.parse(rawBody).events as JsonObject[]) // as sent
    },
    async upload(bytes, mediaType) {
      const headers = { 'content-type': mediaType }
      const answer = await fetch(`${platform.controlUrl}/uploads`, { method: 'POST', headers, body: bytes })
      if (answer.status !== 201) throw new Error(`the upload was refused: ${await answer.text()}`)
      return ((await answer.json()) as { uploadId: string }).uploadId // the control API's own shape
    },
    async close() {
      await platform.close()
      await webhooks.close()
    },
  }
  return world
}

export { BOT, BROWN, CONY, OLD_BOT }
