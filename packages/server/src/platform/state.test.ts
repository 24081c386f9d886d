// What survives a stop, a kill, and a restart.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BOT, BROWN, CONY, STRANGER, startTestPlatform, type TestPlatform } from './testing/start-test-platform.ts'

let dataDir: string
let running: TestPlatform[]

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'hatoba-platform-')), 'platform')
  running = []
})
afterEach(async () => {
  for (const platform of running) await platform.close()
  rmSync(join(dataDir, '..'), { recursive: true })
})

async function start(): Promise<TestPlatform> {
  const platform = await startTestPlatform({ dataDir })
  running.push(platform)
  return platform
}

const push = (platform: TestPlatform, content: string, headers = {}) =>
  platform.post<{ sentMessages: { id: string }[] }>(
    '/v2/bot/message/push',
    { to: BROWN, messages: [{ type: 'text', text: content }] },
    headers,
  )

describe('a restart', () => {
  it('keeps messages, friendships, settings, tokens, read positions and retry keys', async () => {
    const retryKey = { 'x-line-retry-key': '123e4567-e89b-42d3-a456-426614174000' }
    const first = await start()
    const issued = await first.api<{ access_token: string }>('/v2/oauth/accessToken', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: BOT.channelId,
        client_secret: BOT.channelSecret,
      }),
    })
    await first.type('hello')
    const sent = await push(first, 'hi', retryKey)
    await first.control('POST', `/users/${CONY}/friends/${BOT.botUserId}`, { action: 'block' })
    await first.control('POST', `/users/${STRANGER}/friends/${BOT.botUserId}`, { action: 'add' })
    await first.setWebhook('https://bot.example.com/', { redeliverWebhook: true })
    const before = await first.chat()
    await push(first, 'unread')
    const chats = await first.control('GET', `/users/${BROWN}/chats`)
    const state = await first.control('GET', '/state')
    await first.close()

    const second = await start()
    expect((await second.control('GET', `/users/${BROWN}/chats`)).body).toEqual(chats.body)
    expect(chats.body).toMatchObject({ chats: [{ unread: 1 }, { unread: 0 }] })
    expect((await second.control('GET', '/state')).body).toEqual(state.body)
    expect((await second.chat()).slice(0, 2)).toEqual(before)
    const authorization = `Bearer ${issued.body.access_token}`
    expect((await second.api('/v2/bot/info', { headers: { authorization } })).status).toBe(200)
    expect(
      await second.control('POST', `/users/${CONY}/friends/${BOT.botUserId}`, { action: 'unblock' }),
    ).toMatchObject({
      status: 200,
    })
    const again = await push(second, 'hi', retryKey)
    expect(again).toMatchObject({ status: 409, body: { sentMessages: sent.body.sentMessages } })
  })

  it('goes on with message ids that sort after all the old ones, though the clock stands where it stood', async () => {
    const first = await start()
    const before = (await push(first, '1')).body.sentMessages[0]?.id ?? ''
    await first.close()
    const second = await start()
    const after = (await push(second, '2')).body.sentMessages[0]?.id ?? ''
    expect(after > before).toBe(true)
    expect((await second.chat()).map(({ message }) => message.text)).toEqual(['1', '2'])
  })

  it('drops a row that was only half written when the process was killed', async () => {
    const first = await start()
    await push(first, 'whole')
    await first.close()
    appendFileSync(join(dataDir, 'chats.jsonl'), '{"k":"m","c":"10000')
    const second = await start()
    await push(second, 'next')
    await second.close()
    const third = await start()
    expect((await third.chat()).map(({ message }) => message.text)).toEqual(['whole', 'next'])
  })

  it('drops what people and bots wrote whom a kill kept from being saved, and shows the rest', async () => {
    const first = await start()
    const group = await first.control<{ chatId: string }>('POST', `/users/${BROWN}/groups`, { kind: 'group' })
    const { chatId } = group.body
    await first.control('POST', `/users/${BROWN}/chats/${chatId}/messages`, { type: 'text', text: 'whole' })
    await first.close()
    const unsaved = `U${'e'.repeat(32)}`
    const rest = { i: '176722560100000000', t: 1_767_225_601_000, m: { type: 'text', text: 'lost' } }
    const rows = [
      { k: 'm', g: chatId, u: unsaved, f: 'user', ...rest },
      { k: 'm', g: chatId, u: '9', f: 'bot', ...rest },
      { k: 'm', c: '9', u: BROWN, f: 'bot', ...rest },
      { k: 'm', c: BOT.channelId, u: unsaved, f: 'user', ...rest },
    ]
    appendFileSync(join(dataDir, 'chats.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    const second = await start()
    const texts = async (path: string) =>
      (await second.control<{ messages: { message: { text: string } }[] }>('GET', path)).body.messages.map(
        ({ message }) => message.text,
      )
    expect((await second.control('GET', `/users/${BROWN}/chats`)).status).toBe(200)
    expect(await texts(`/users/${BROWN}/chats/${chatId}/messages`)).toEqual(['whole'])
    const stream = await fetch(`${second.controlUrl}/users/${BROWN}/stream`, { headers: { 'last-event-id': '1' } })
    expect(stream.status).toBe(200)
    await stream.body?.cancel()
  })

  it('compacts chats where most of the file is out of date', async () => {
    const first = await start()
    await push(first, 'kept')
    await first.chat()
    await first.close()
    const file = join(dataDir, 'chats.jsonl')
    const text = readFileSync(file, 'utf8')
    const readRow = text.split('\n').find((line) => line.includes('"k":"r"')) ?? ''
    appendFileSync(file, `${readRow}\n`.repeat(3000))
    const second = await start()
    const sorted = (lines: string) => lines.split('\n').sort()
    expect(sorted(readFileSync(file, 'utf8'))).toEqual(sorted(text))
    expect(await second.chat()).toHaveLength(1)
  })

  it('says so where the folder was written by something else', async () => {
    await (await start()).close()
    writeFileSync(join(dataDir, 'accounts.jsonl'), 'something else\n')
    await expect(start()).rejects.toMatchObject({ name: 'SavedStateError' })
    await expect(start()).rejects.toMatchObject({ name: 'SavedStateError' }) // and the folder is free again
  })
})

describe('the folder', () => {
  it('belongs to one process at a time', async () => {
    const first = await start()
    await expect(start()).rejects.toMatchObject({ name: 'FolderInUseError' })
    await first.close()
    await start()
  })

  it('can be read by its owner alone', async () => {
    const platform = await start()
    await push(platform, 'secret')
    await platform.close()
    for (const file of ['accounts.jsonl', 'chats.jsonl']) expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600)
  })

  it('holds a change within five seconds, with no stop', async () => {
    const platform = await start()
    await push(platform, 'soon on disk')
    await platform.control('POST', `/users/${CONY}/friends/${BOT.botUserId}`, { action: 'block' })
    await expect
      .poll(() => readFileSync(join(dataDir, 'chats.jsonl'), 'utf8'), { timeout: 5000 })
      .toContain('soon on disk')
    await expect
      .poll(() => readFileSync(join(dataDir, 'accounts.jsonl'), 'utf8'), { timeout: 5000 })
      .toContain('"friendship":"blocked"')
  })
})
