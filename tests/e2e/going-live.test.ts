// docs/going-live.md, run as it stands: its commands in their order, with the platform in LINE's place.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStack, type TestStack } from '../testkit/start-stack.ts'

const CLI = fileURLToPath(new URL('../../packages/server/src/cli.ts', import.meta.url))
const PAGE = fileURLToPath(new URL('../../docs/going-live.md', import.meta.url))

/** `hatoba gateway` in a terminal stays there, and a service runs on: here both go on beside the script. */
const SHELL = `
set -euo pipefail
trap 'stop_gateway' EXIT
stop_gateway() { if [ -n "\${GATEWAY_PID:-}" ]; then kill "$GATEWAY_PID" 2>/dev/null; wait "$GATEWAY_PID" || true; GATEWAY_PID=; fi }
start_gateway() {
  : > ready
  "$NODE" --conditions=@hatoba/source "$CLI" gateway --json > ready 2>> gateway.err &
  GATEWAY_PID=$!
  until [ -s ready ]; do kill -0 "$GATEWAY_PID"; sleep 0.05; done
}
hatoba() { if [ "$1" = gateway ]; then start_gateway; else "$NODE" --conditions=@hatoba/source "$CLI" "$@"; fi }
systemctl() { "$1_gateway"; }
`

let test: TestStack
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hatoba-live-'))
  test = await startStack()
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const hasTools = ['bash', 'curl'].every((tool) => spawnSync(tool, ['--version']).status === 0)

it.skipIf(!hasTools)(
  'leads from nothing to a message on the phone, and through backup and restore',
  async () => {
    const page = await readFile(PAGE, 'utf8')
    const port = await freePort()
    const [, channel] = test.platform.channels
    if (channel === undefined) throw new Error('the demo has two channels')
    await fetch(`${test.platform.controlUrl}/channels/${channel.channelId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ useWebhook: true }),
    })
    const backup = join(folder, 'hatoba.db')
    // What a reader replaces too: names, ids, the secret, the key that was shown.
    const own: [string, string][] = [
      ['/var/lib/hatoba', join(folder, 'data')],
      ['https://gateway.example.com', `http://localhost:${port}`],
      ['HATOBA_ADMIN_KEY=hat_...', 'HATOBA_ADMIN_KEY=$(grep -o "hat_[A-Za-z0-9_-]*" gateway.err)'],
      ['1234567890 ', `${channel.channelId} `],
      ['the-channel-secret', channel.channelSecret],
      ['U0123456789abcdef0123456789abcdef', test.platform.userId],
      ['/var/backups/hatoba.db', backup],
    ]
    let script = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n')
    for (const [example, real] of own) {
      expect(script).toContain(example)
      script = script.replaceAll(example, real)
    }
    await writeFile(join(folder, 'script'), `${SHELL}${script}`)
    const env = {
      PATH: process.env.PATH,
      NODE: process.execPath,
      CLI,
      HATOBA_GATEWAY_PORT: String(port),
      HATOBA_GATEWAY_URL: `http://localhost:${port}`,
      HATOBA_LINE_API_URL: test.platform.url,
      HATOBA_LINE_DATA_URL: test.platform.url,
    }
    const run = await new Promise<{ code: number; output: string }>((resolve) => {
      execFile('bash', ['script'], { cwd: folder, env }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` }),
      )
    })
    expect(run).toMatchObject({ code: 0 })
    expect(run.output).toContain('ok       LINE')
    expect(run.output).not.toContain('FAILURE')
    expect(run.output).not.toContain(channel.channelSecret)

    const chat = `${test.platform.controlUrl}/users/${test.platform.userId}/chats/${channel.botUserId}/messages`
    const { messages } = (await (await fetch(chat)).json()) as { messages: { message: { text?: string } }[] }
    expect(messages.map(({ message }) => message.text)).toEqual(['Hello from our own gateway'])
  },
  60_000,
)

it('says of every step whether it was run', async () => {
  const page = await readFile(PAGE, 'utf8')
  for (const step of page.split(/^## /m).slice(1))
    expect([step.split('\n')[0], /\*(Run against the platform|Not run)/.test(step)]).toEqual([
      step.split('\n')[0],
      true,
    ])
})
