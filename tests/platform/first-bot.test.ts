// Runs the two bots of docs/first-bot.md as they stand there, but for the ports.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startStack, type TestStack } from '../testkit/start-stack.ts'
import { verifies } from '../testkit/verifies.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const CURL = fileURLToPath(new URL('../testkit/curl-command.ts', import.meta.url))

let stack: TestStack
let folder: string
let bot: ChildProcess | undefined
beforeEach(async () => {
  stack = await startStack({ flags: ['--no-customer'] })
  folder = await mkdtemp(join(ROOT, 'node_modules', '.cache-first-bot-')) // here the SDK is found
})
afterEach(async () => {
  if (bot?.pid !== undefined) {
    const gone = new Promise((resolve) => bot?.once('exit', resolve))
    process.kill(-bot.pid, 'SIGKILL') // the shell and what it has started
    await gone
  }
  bot = undefined
  await stack.close()
  await rm(folder, { recursive: true })
})

/** The one block of the page in that language, made ready for this test's ports. */
async function program(language: string): Promise<string> {
  const page = await readFile(join(ROOT, 'docs/first-bot.md'), 'utf8')
  const code = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? ''
  expect(code.trim().split('\n').length).toBeGreaterThan(5)
  expect(code.trim().split('\n').length).toBeLessThan(20)
  return code.replaceAll('http://localhost:8081', stack.platform.url)
}

/** Writes until the bot has begun to listen and answers. */
async function firstAnswer(text: string): Promise<string | undefined> {
  for (let tries = 0; tries < 30; tries++) {
    const sent = await stack.phone.send(text)
    const [answer] = await stack.phone.waitAfter(sent, 1000)
    if (answer !== undefined) return answer.message.text
  }
  return undefined
}

it("answers on LINE's SDK for Node", async () => {
  verifies('line.reference.getting-started', 'line.overview.get-started', 'line.reference.official-sdk')
  const port = await freePort()
  const file = join(folder, 'bot.mjs')
  await writeFile(file, (await program('js')).replaceAll('3000', String(port)))
  bot = spawn(process.execPath, [file], { stdio: 'inherit', detached: true })
  expect(await firstAnswer('hello')).toBe('You said: hello')
})

it('answers with curl', async () => {
  verifies('line.reference.getting-started', 'line.overview.get-started')
  const curl = join(folder, 'curl') // a machine may have none
  await writeFile(curl, `#!/bin/sh\nexec node '${CURL}' "$@"\n`)
  await chmod(curl, 0o755)
  const file = join(folder, 'bot.sh')
  await writeFile(file, await program('sh'))
  const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter)
  bot = spawn('sh', [file], { stdio: ['ignore', 'ignore', 'inherit'], detached: true, env: { PATH: path } })
  expect(await firstAnswer('hello')).toBe('Got it.')
  const sent = await stack.phone.send('more')
  expect(await stack.phone.waitAfter(sent)).toMatchObject([{ message: { text: 'Got it.' } }])
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, 'localhost', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
