// Every Node sample of LINE's page of 2017, run on LINE's own SDK of that time. The first two versions take the address
// of the API from the environment; two samples call what came later, and run on the last version that still has it.
import https from 'node:https'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { PNG } from './files.ts'
import { BROWN, CONY, GROUP, OLD_BOT, type ProofWorld, ROOM, startProofWorld } from './proof-world.ts'
import { readSample } from './samples.ts'

let world: ProofWorld
beforeAll(async () => {
  world = await startProofWorld(OLD_BOT)
  process.env.API_BASE_URL = `${world.platform.url}/v2/bot/`
})
afterAll(async () => {
  delete process.env.API_BASE_URL
  await world.close()
})

interface Outcome {
  logged: string[]
  chunks: Buffer[]
  /** How often the page's dots were reached, which stand for what the bot goes on to do. */
  reached: number
}

/**
 * Runs a sample as it stands, but for the values in angle brackets, and dots and comments in place of code.
 * @param values in place of `'<name>'`
 */
async function run(path: string, load: () => Promise<object>, values: Record<string, string> = {}): Promise<Outcome> {
  const sdk = await load()
  let source = readSample(path)
  for (const [name, value] of Object.entries({ 'channel access token': OLD_BOT.token, ...values }))
    source = source.replace(`'<${name}>'`, JSON.stringify(value))
  source = source
    .replace(/(\(chunk\) => \{\s+)\.\.\./, '$1got(chunk)')
    .replace(/^ +\.\.\.$/m, 'reached()')
    .replace('// error handling', 'failed(err)')
    .replace(/^client\./m, 'return client.')
  const outcome: Outcome = { logged: [], chunks: [], reached: 0 }
  const given = {
    require: () => sdk,
    console: { log: (text: string) => outcome.logged.push(text) },
    got: (chunk: Buffer) => outcome.chunks.push(chunk),
    reached: () => {
      outcome.reached += 1
    },
    failed: (error: unknown) => {
      throw error
    },
  }
  const streams = source.includes('const stream')
  const sample = new Function(...Object.keys(given), streams ? `${source}; return stream` : source)
  const running = sample(...Object.values(given))
  if (streams) await new Promise((resolve) => running.once('end', resolve))
  else await running
  return outcome
}

const lastText = async () => (await world.platform.chat(BROWN, OLD_BOT.botUserId)).at(-1)?.message.text

// Loaded late: they take the address when they are.
const EARLY_SDKS = {
  '1.0.0': async () => (await import('bot-sdk-1')).default,
  '2.0.0': async () => (await import('bot-sdk-2')).default,
}

describe.each(Object.entries(EARLY_SDKS))("LINE's SDK %s", (_version, sdk) => {
  it('replies', async () => {
    verifies('line.reply.sample-node', 'line.reference.official-sdk')
    const say = () => world.platform.type('hi', BROWN, OLD_BOT.botUserId)
    const [event] = await world.eventsOf(say)
    const path = 'reply-message/reply-message-request-example.js'
    const { reached } = await run(path, sdk, { replyToken: String(event?.replyToken) })
    expect([reached, await lastText()]).toEqual([1, 'Hello World!'])
  })

  it('pushes', async () => {
    verifies('line.push.sample-node')
    await world.platform.type('hi', BROWN, OLD_BOT.botUserId)
    const { reached } = await run('push-message/push-message-request-example.js', sdk, { to: BROWN })
    expect([reached, await lastText()]).toEqual([1, 'Hello World!'])
  })

  it('fetches content', async () => {
    verifies('line.content.sample-node')
    const uploadId = await world.upload(PNG, 'image/png')
    const path = `/users/${BROWN}/chats/${OLD_BOT.botUserId}/messages`
    const { message } = await world.act<{ message: { id: string } }>('POST', path, { type: 'image', uploadId })
    const { chunks } = await run('content/content-request-example.js', sdk, { messageId: message.id })
    expect(Buffer.concat(chunks)).toEqual(PNG)
  })

  it('reads a profile', async () => {
    verifies('line.profile.sample-node')
    const { logged } = await run('profile/profile-request-example.js', sdk, { userId: BROWN })
    expect(logged).toEqual(['Brown', BROWN, 'https://obs.line-apps.com/picture', 'Hello'])
  })

  it('leaves a room', async () => {
    verifies('line.leave.sample-node')
    const { reached } = await run('leave/leave-request-example.js', sdk, { roomId: ROOM })
    expect(reached).toBe(1)
    expect((await world.act<{ botUserId?: string }>('GET', `/groups/${ROOM}`)).botUserId).toBeUndefined()
    await world.act('POST', `/users/${BROWN}/chats/${ROOM}/invite`, { botUserId: OLD_BOT.botUserId })
  })
})

describe("LINE's SDK 8.4.1, whose old client has LINE's address built in", () => {
  const sdk = async () => (await import('bot-sdk-8')).default
  const { globalAgent } = https

  beforeAll(() => {
    /** Connections meant for LINE go to the platform, in the clear. */
    class ToPlatform extends https.Agent {
      override createConnection() {
        return connect(Number(new URL(world.platform.url).port), '127.0.0.1')
      }
    }
    https.globalAgent = new ToPlatform()
  })
  afterAll(() => {
    https.globalAgent = globalAgent
  })

  it("reads a member's profile", async () => {
    verifies('line.member-profile.sample-node')
    const path = 'get-group-room-member-profile/get-group-room-member-profile-example-request.js'
    const { logged } = await run(path, sdk, { groupId: GROUP, userId: BROWN })
    expect(logged).toEqual(['Brown', BROWN, 'https://obs.line-apps.com/picture', undefined])
  })

  it('lists members', async () => {
    verifies('line.member-ids.sample-node')
    const path = 'get-group-room-member-ids/get-group-and-room-member-ids-request-example.js'
    const { logged } = await run(path, sdk, { groupId: GROUP })
    expect(logged).toEqual([BROWN, CONY].sort())
  })
})
