import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { signBody } from '@hatoba/line/webhook'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import type { GatewayDemo } from '../index.ts'
import { BROWN, makeDemo, startTestGateway, textEvent } from '../testing/start-test-gateway.ts'

let dataDir: string
let line: HttpReceiver
let customer: HttpReceiver
let demo: GatewayDemo
let children: ChildProcess[]
let lineIsUp: boolean

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-store-'))
  lineIsUp = true
  line = await startReceiver(() => ({ status: lineIsUp ? 200 : 500, body: '{}' }))
  customer = await startReceiver()
  demo = makeDemo(line.url, customer.url)
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await line.close()
  await customer.close()
  await rm(dataDir, { recursive: true, force: true })
})

const reopen = () => startTestGateway({ lineUrl: line.url, webhookTarget: customer.url, earlier: { dataDir, demo } })

async function spawnGateway(): Promise<{ url: string; kill(): Promise<void> }> {
  const script = fileURLToPath(new URL('../testing/gateway-process.ts', import.meta.url))
  const args = ['--conditions=@hatoba/source', script, JSON.stringify({ dataDir, demo })]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = await once(child.stdout, 'data')
  return {
    url: String(line).trim(),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

const send = (url: string, text: string) =>
  fetch(`${url}/api/v1/subaccounts/${demo.subAccountId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.apiKey}` },
    body: JSON.stringify({ user: { lineUserId: BROWN }, type: 'text', content: { text } }),
  })

describe('a gateway that was killed', () => {
  it('delivers at its next start what it had accepted, under the same key and in order', async () => {
    lineIsUp = false
    const first = await spawnGateway()
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`)
    for (const text of texts) expect((await send(first.url, text)).status).toBe(200)
    await line.waitFor(({ path }) => path.endsWith('/push'))
    await first.kill()
    const before = line.received.length
    lineIsUp = true
    const second = await reopen()
    await second.pass(60_000) // past the pause of the first message's failed attempt
    await second.close()
    const arrived = line.received.slice(before)
    expect(arrived.map(({ rawBody }) => JSON.parse(rawBody).messages[0].text)).toEqual(texts)
    const keyOf = (index: number) => line.received.at(index)?.headers['x-line-retry-key']
    expect(keyOf(before)).toBe(keyOf(0))
  })

  it('tells at its next start of what LINE had delivered', async () => {
    const gone = await startReceiver(() => ({ status: 500 }))
    demo = makeDemo(line.url, gone.url)
    const first = await spawnGateway()
    const body = JSON.stringify({ destination: 'x', events: [textEvent(BROWN, 'hello')] })
    const answer = await fetch(`${first.url}/line/webhooks/${demo.lineChannel.id}`, {
      method: 'POST',
      headers: { 'x-line-signature': signBody(body, demo.lineChannel.channelSecret) },
      body,
    })
    expect(answer.status).toBe(200)
    await first.kill()
    await gone.close()
    demo = { ...demo, webhook: { ...demo.webhook, target: customer.url } }
    const second = await reopen()
    await second.pass(60_000)
    await second.close()
    const inbound = customer.received.map(({ rawBody }) => JSON.parse(rawBody)).filter((body) => 'message' in body)
    expect(inbound.map(({ message }) => message.contact_message.text_message.text)).toEqual(['hello'])
  })

  it('works off at its next start what it had stored and not yet looked at', async () => {
    const first = await reopen()
    await first.close()
    const db = new DatabaseSync(join(dataDir, 'gateway.db'))
    const channel = db.prepare('SELECT app_id, line_channel_id FROM line_channel').get()
    const appId = String(channel?.app_id)
    const lineChannelId = String(channel?.line_channel_id)
    const body = {
      lineChannelId,
      destination: 'd',
      event: JSON.stringify(textEvent(BROWN, 'left over')),
      receivedAtMs: 1,
    }
    db.prepare(
      `INSERT INTO lane (app_id, queue, lane, tail, owner, lease, gate, due_ms) VALUES (?, 'inbound', 'l', 1, 1, 1, ?, 0)`,
    ).run(appId, `1/${lineChannelId}`)
    db.prepare(
      `INSERT INTO job (app_id, queue, lane, seq, job_id, gate, body) VALUES (?, 'inbound', 'l', 1, 'e', ?, ?)`,
    ).run(appId, `1/${lineChannelId}`, JSON.stringify(body))
    db.close()
    const second = await reopen()
    await second.gateway.settle()
    await second.close()
    expect(customer.received.some(({ rawBody }) => rawBody.includes('left over'))).toBe(true)
  })
})

describe('a gateway that is closed', () => {
  it('ends what is under way and leaves the rest for the next start', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = await startReceiver(async () => {
      await held
      return { status: 200, body: '{}' }
    })
    demo = makeDemo(slow.url, customer.url)
    const first = await reopen()
    await first.sendText(BROWN, 'under way')
    await first.sendText(BROWN, 'waiting')
    await slow.waitFor(() => true)
    const closed = first.close()
    release()
    await closed
    expect(slow.received.length).toBe(1)
    const second = await reopen()
    await second.gateway.settle()
    await second.close()
    expect(slow.received.map(({ rawBody }) => JSON.parse(rawBody).messages[0].text)).toEqual(['under way', 'waiting'])
    await slow.close()
    const reports = customer.received.filter(({ rawBody }) => rawBody.includes('QUEUED_ON_CHANNEL'))
    expect(reports.length).toBe(2)
  })
})

describe('the data folder', () => {
  it('is refused to a second gateway while one runs, also in another process', async () => {
    const first = await spawnGateway()
    await expect(reopen()).rejects.toMatchObject({ name: 'StoreError', code: 'folder_in_use' })
    await first.kill()
    const second = await reopen()
    await expect(reopen()).rejects.toMatchObject({ code: 'folder_in_use' })
    await second.close()
  })

  it('is refused when a newer version wrote it, and stays as it is', async () => {
    const first = await reopen()
    await first.close()
    const path = join(dataDir, 'gateway.db')
    const db = new DatabaseSync(path)
    db.exec("INSERT INTO schema_migration VALUES (9999, 'from the future', '', 0)")
    db.close()
    await expect(reopen()).rejects.toMatchObject({ name: 'StoreError', code: 'newer_schema' })
    const after = new DatabaseSync(path)
    after.exec('DELETE FROM schema_migration WHERE number = 9999')
    after.close()
    await (await reopen()).close()
  })

  it('holds no secret in clear, and its key is readable by its owner alone', async () => {
    const first = await reopen()
    await first.sendText(BROWN, 'hello')
    await first.gateway.settle()
    await first.close()
    expect((await stat(join(dataDir, 'master.key'))).mode & 0o777).toBe(0o600)
    const db = new DatabaseSync(join(dataDir, 'gateway.db'))
    const dump = ['api_key', 'line_channel', 'webhook'].map((table) =>
      JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()),
    )
    db.close()
    const { lineChannel, webhook, keySecret, apiKey, adminKey } = demo
    for (const secret of [
      lineChannel.channelSecret,
      lineChannel.channelAccessToken,
      webhook.secret,
      keySecret,
      apiKey,
      adminKey,
    ])
      expect(dump.join()).not.toContain(secret)
  })

  it('is refused under another master key', async () => {
    await (await reopen()).close()
    await rename(join(dataDir, 'master.key'), join(dataDir, 'kept.key'))
    await expect(reopen()).rejects.toMatchObject({ name: 'StoreError', code: 'wrong_master_key' })
    await rename(join(dataDir, 'kept.key'), join(dataDir, 'master.key'))
    await (await reopen()).close()
  })
})
