// Which host has which paths, where the platform is strict about it.
import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BOT, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

let strict: TestPlatform
let usual: TestPlatform
beforeAll(async () => {
  strict = await startTestPlatform({ strictHosts: true })
  usual = await startTestPlatform()
})
afterAll(async () => {
  await strict.close()
  await usual.close()
})

const INFO = '/v2/bot/info'
const CONTENT = '/v2/bot/message/1/content'

/** The message of the answer: fetch does not let one choose the Host header. */
function ask(platform: TestPlatform, host: string, path: string, token = BOT.token): Promise<string> {
  const headers = { host, authorization: `Bearer ${token}` }
  return new Promise((resolve, reject) => {
    request(`${platform.url}${path}`, { headers }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve(`${answer.statusCode} ${JSON.parse(text).message ?? 'ok'}`))
    })
      .on('error', reject)
      .end()
  })
}

it.each([
  ['api.line.me', INFO, '200 ok'],
  ['localhost:8081', INFO, '200 ok'],
  ['api-data.line.me', INFO, '404 Not found'],
  ['api-data.localhost:8081', CONTENT, '404 not found'],
  ['API-DATA.line.me', `${CONTENT}/preview`, '404 not found'],
  ['api.line.me', CONTENT, '404 Not found'],
  ['api.line.me', `${CONTENT}/transcoding`, '404 Not found'],
])('under %s the path %s answers %s', async (host, path, answer) => {
  expect(await ask(strict, host, path)).toBe(answer)
})

it('knew one host in 2017', async () => {
  expect(await ask(strict, 'api.line.me', CONTENT, OLD_BOT.token)).toBe('404 not found')
  expect(await ask(strict, 'api-data.line.me', CONTENT, OLD_BOT.token)).toBe('404 Not found')
})

it('is all the same where the platform is not strict', async () => {
  for (const host of ['api.line.me', 'api-data.line.me', 'anything']) {
    expect(await ask(usual, host, INFO)).toBe('200 ok')
    expect(await ask(usual, host, CONTENT)).toBe('404 not found')
  }
})
