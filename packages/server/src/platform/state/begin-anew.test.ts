// What is under way while all state is replaced leaves nothing of before in what comes after.
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { jpeg } from '../testing/small-files.ts'
import { BOT, BROWN, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'
import type { StateHash } from './state-hash.ts'

const PUSH = '/v2/bot/message/push'
let dataDir: string
let platform: TestPlatform

beforeEach(async () => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'hatoba-anew-')), 'platform')
  platform = await startTestPlatform({ dataDir })
})
afterEach(async () => {
  await platform.close()
  rmSync(join(dataDir, '..'), { recursive: true })
})

const hash = async () => (await platform.control<StateHash>('GET', '/state/hash')).body.hash

it('somebody who waits for a message marks nothing as read after a reset', async () => {
  const fresh = await hash()
  await platform.post(PUSH, { to: BROWN, messages: [{ type: 'text', text: 'unread' }] })
  const waiting = platform.control(`GET`, `/users/${BROWN}/chats/${BOT.botUserId}/wait?timeoutMs=60000`)
  await platform.control('GET', '/state') // so that the wait is open
  let ended = false
  while (!ended) {
    await platform.control('POST', '/reset')
    ended = await Promise.race([waiting.then(() => true), platform.control('GET', '/state').then(() => false)])
  }
  expect((await waiting).body).toEqual({ messages: [] })
  await platform.close()
  platform = await startTestPlatform({ dataDir })
  expect(await hash()).toBe(fresh)
})

it('a call whose channel a reset has taken away while its body came is refused', async () => {
  const made = await platform.control<Record<string, string>>('POST', '/channels', {
    providerId: 'p1',
    displayName: 'Gone',
  })
  await platform.control('POST', `/users/${BROWN}/friends/${made.body.botUserId}`, { action: 'add' })
  const body = JSON.stringify({ to: BROWN, messages: [{ type: 'text', text: 'ghost' }] })
  const call = request(`${platform.url}${PUSH}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${made.body.channelAccessToken}`,
      'content-type': 'application/json',
      'content-length': body.length,
    },
  })
  const { lastId } = (await platform.control<{ lastId: number }>('GET', '/timeline')).body
  call.write(body.slice(0, 10))
  const begun = await platform.control<{ entries: object[] }>('GET', `/timeline?after=${lastId}&timeoutMs=10000`)
  expect(begun.body.entries).toMatchObject([{ kind: 'call', channelId: made.body.channelId }])
  await platform.control('POST', '/reset')
  call.end(body.slice(10))
  const [answer] = await once(call, 'response')
  answer.resume()
  expect(answer.statusCode).toBe(401)
})

it('a file that a bot named before a reset is loaded anew after it', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.end(jpeg(10, 10))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/o` // a TCP server's address
  const look = async () => {
    const { body } = await platform.post<{ sentMessages: { id: string }[] }>(PUSH, {
      to: BROWN,
      messages: [{ type: 'image', originalContentUrl: url, previewImageUrl: url }],
    })
    const messageId = body.sentMessages[0]?.id ?? ''
    const query = { userId: BROWN, chatId: BOT.botUserId, messageId, at: '/originalContentUrl' }
    return (await platform.control<{ ok: boolean }>('GET', `/media/check?${new URLSearchParams(query)}`)).body.ok
  }
  expect([await look(), await look(), asked]).toEqual([true, true, 1])
  await platform.control('POST', '/reset')
  expect([await look(), asked]).toEqual([true, 2])
  server.closeAllConnections()
  server.close()
})

it('a snapshot of another version is refused, and nothing is lost', async () => {
  await platform.type('kept')
  await platform.control('POST', '/snapshot', { name: 'later' })
  appendFileSync(join(dataDir, 'snapshots', 'later.jsonl'), '{"kind":"of-tomorrow","row":{}}\n')
  const before = await hash()
  expect(await platform.control('POST', '/restore', { name: 'later' })).toMatchObject({
    status: 409,
    body: { message: 'The snapshot later is of another version of Hatoba.' },
  })
  expect(await hash()).toBe(before)
})
