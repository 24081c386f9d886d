// A large file's way through the gateway, and the memory that it takes: LINE -> gateway (a process of its own) -> its
// storage -> who has the link.
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { signBody } from '@hatoba/line/webhook'
import { BROWN, lineEvent, makeDemo, textEvent } from '../../packages/server/src/gateway/testing/start-test-gateway.ts'
import { startReceiver } from '../testkit/http-receiver.ts'

const GATEWAY = fileURLToPath(new URL('../../packages/server/src/gateway/testing/gateway-process.ts', import.meta.url))
const CHUNK = Buffer.alloc(64 * 1024, 7)
const FTYP = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42mp42', 'latin1')

export interface LargeFileRun {
  /** What came back is what LINE had. */
  isWhole: boolean
  /** Over the most that the process had for some thousand messages and a small file. */
  extraBytes: number
}

async function writeVideo(response: ServerResponse, sizeBytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': sizeBytes })
  response.write(FTYP)
  response.setMaxListeners(0) // the loser of each race below stays until the end
  for (let left = sizeBytes - FTYP.length; left > 0; left -= CHUNK.length)
    if (!response.write(CHUNK.subarray(0, left)) && !response.destroyed)
      await Promise.race([once(response, 'drain'), once(response, 'close')])
  response.end()
}

function digestOf(sizeBytes: number): string {
  const hash = createHash('sha256').update(FTYP)
  for (let left = sizeBytes - FTYP.length; left > 0; left -= CHUNK.length) hash.update(CHUNK.subarray(0, left))
  return hash.digest('hex')
}

/** @param more settings of the gateway, such as another storage */
export async function sendThroughGateway(sizeBytes: number, more: object = {}): Promise<LargeFileRun> {
  const sizes = new Map([
    ['small', 100_000],
    ['large', sizeBytes],
  ])
  const line = createServer((request, response) => {
    const size = sizes.get(request.url?.split('/')[4] ?? '')
    if (size === undefined) response.writeHead(404).end()
    else void writeVideo(response, size)
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const { port } = line.address() as AddressInfo // a TCP server's address is an AddressInfo
  const customer = await startReceiver()
  const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-large-'))
  const demo = makeDemo(`http://127.0.0.1:${port}`, customer.url)
  const options = JSON.stringify({ dataDir, demo, ...more })
  const child = fork(GATEWAY, [options], {
    execArgv: ['--conditions=@hatoba/source', '--max-semi-space-size=16'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  try {
    if (child.stdout === null) throw new Error('a process without stdout')
    const [printed] = await once(child.stdout, 'data')
    const gatewayUrl = String(printed).trim()
    const { channelSecret, id, botUserId } = demo.lineChannel

    const post = (events: readonly unknown[]) => {
      const body = JSON.stringify({ destination: botUserId, events })
      const headers = { 'x-line-signature': signBody(body, channelSecret) }
      return fetch(`${gatewayUrl}/line/webhooks/${id}`, { method: 'POST', headers, body })
    }
    /** As in a gateway at work: how far the young generation of its memory grows is no matter of files. */
    const warmUp = async (): Promise<void> => {
      for (let i = 0; i < 40; i++)
        await post(
          Array.from({ length: 100 }, (_, j) => textEvent(`U${String(i * 100 + j).padStart(32, '0')}`, 'hello')),
        )
      await customer.waitFor(({ rawBody }) => rawBody.includes(`U${'3999'.padStart(32, '0')}`), 60_000)
    }

    const pass = async (messageId: string): Promise<string> => {
      const message = { id: messageId, type: 'video', contentProvider: { type: 'line' } }
      const seen = customer.received.length
      await post([lineEvent(BROWN, { type: 'message', message })])
      const isNew = ({ rawBody }: { rawBody: string }) => rawBody.includes('media_message')
      const told = await customer.waitFor(
        (request) => customer.received.indexOf(request) >= seen && isNew(request),
        120_000,
      )
      const file = await fetch(JSON.parse(told.rawBody).message.contact_message.media_message.url)
      const hash = createHash('sha256')
      for await (const chunk of file.body ?? []) hash.update(chunk)
      return hash.digest('hex')
    }
    const peak = async (): Promise<number> => {
      const answer = once(child, 'message')
      child.send('peak')
      const [{ peakBytes }] = await answer
      return peakBytes
    }

    await warmUp()
    await pass('small')
    const before = await peak()
    const digest = await pass('large')
    return { isWhole: digest === digestOf(sizeBytes), extraBytes: (await peak()) - before }
  } finally {
    if (child.connected) child.disconnect() // or its end of the line keeps it alive
    child.kill('SIGTERM')
    await ended
    await customer.close()
    line.closeAllConnections()
    line.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
