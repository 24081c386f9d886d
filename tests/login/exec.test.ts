// `hatoba exec`, and clients that know nothing of Hatoba: each runs unmodified, with its own fixed hosts, in a process
// that was given only the environment.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../../packages/server/src/cli.ts', import.meta.url))
const client = (name: string) => fileURLToPath(new URL(`clients/${name}.mjs`, import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hatoba-exec-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  code: number | null
  out: string
  err: string
}

function exec(words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=@hatoba/source', CLI, 'exec', ...words], {
    env: { PATH: process.env.PATH, HATOBA_LOG_LEVEL: 'error', ...env },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (piece) => {
    out += piece
  })
  child.stderr.on('data', (piece) => {
    err += piece
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

const script = (text: string) => [process.execPath, '--input-type=module', '-e', text]

describe('hatoba exec', () => {
  it("gives a command LINE's addresses and keeps its exit code", async () => {
    const call = `
      const answer = await fetch(process.env.LINE_API_URL + '/v2/bot/info', {
        headers: { authorization: 'Bearer ' + process.env.LINE_CHANNEL_ACCESS_TOKEN } })
      console.log((await answer.json()).displayName, JSON.parse(process.env.HATOBA).platform.login.channelId === process.env.LINE_LOGIN_CHANNEL_ID)
      process.exit(7)`
    expect(await exec(['--', ...script(call)])).toEqual({ code: 7, out: 'Hatoba Demo true\n', err: '' })
  })

  it('says what is wrong with how it was called', async () => {
    expect(await exec([])).toMatchObject({ code: 2, err: expect.stringContaining('behind --') })
    expect(await exec(['--nonsense', '--', 'true'])).toMatchObject({ code: 2 })
    expect(await exec(['--', 'there-is-no-such-command'])).toMatchObject({ code: 127 })
  })

  it('leads clients with fixed hosts here, and everybody else where they want to go', async () => {
    const other = createServer((request, response) => response.end(`other host, ${request.url}`))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo // of a server that listens on a port
    const calls = `
      import { request } from 'node:http'
      const line = await fetch('https://api.line.me/v2/bot/info', {
        headers: { authorization: 'Bearer ' + process.env.LINE_CHANNEL_ACCESS_TOKEN } })
      const access = await fetch('https://access.line.me/.well-known/openid-configuration')
      const data = await fetch('https://api-data.line.me/v2/bot/message/1/content')
      const unknown = await fetch('https://manager.line.biz/').then(() => 'reached', () => 'refused')
      const absolute = (path) => new Promise((resolve) => {
        const proxy = new URL(process.env.HTTP_PROXY)
        request({ host: proxy.hostname, port: proxy.port, path, agent: false }, async (answer) => {
          let text = ''
          for await (const piece of answer) text += piece
          resolve(answer.statusCode + ' ' + text)
        }).end()
      })
      console.log(JSON.stringify([line.status, (await access.json()).token_endpoint, data.status, unknown,
        await absolute('http://127.0.0.1:${port}/x?y=1'), (await absolute('https://api.line.me/v2/profile')).slice(0, 3),
        (await absolute('http://scdn.line-apps.com/')).slice(0, 3)]))`
    const dataDir = join(folder, 'data')
    const { code, out, err } = await exec(['--data-dir', dataDir, '--transparent', '--', ...script(calls)])
    other.close()
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toEqual([
      200,
      'https://api.line.me/oauth2/v2.1/token',
      401,
      'refused',
      '200 other host, /x?y=1',
      '401',
      '502',
    ])
    expect(statSync(join(dataDir, 'redirector', 'ca.key')).mode & 0o777).toBe(0o600)
    expect(existsSync(join(dataDir, 'redirector', 'ca.pem'))).toBe(true)
  })
})

describe('independent clients, through the redirector where their hosts are fixed', () => {
  it.each(['openid-client', 'arctic', 'auth-core', 'passport-line-auth', 'bot-sdk-7'])('%s', async (name) => {
    const { code, out, err } = await exec(['--transparent', '--', process.execPath, client(name)])
    expect({ code, out, err }).toEqual({ code: 0, out: 'Brown\n', err: '' })
  })
})
