// The curl samples of the Social API's chapter, run as they stand but for the host and what is to be entered; and its
// samples of answers, held against what is answered.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readJsonSample, readSample, shapeDifferences } from '../platform/samples.ts'
import { readCurl, sendCurl } from '../testkit/curl.ts'
import { verifies } from '../testkit/verifies.ts'
import { BROWN, LOGIN, type LoginWorld, startLoginWorld } from './login-world.ts'

let world: LoginWorld
let values: Record<string, string>

beforeAll(async () => {
  world = await startLoginWorld()
  await world.platform.control('PATCH', `/users/${BROWN}`, { pictureUrl: 'https://example.com/abcdefghijklmn' })
  const tokens = await world.logInV2()
  values = {
    '{ENTER_ACCESS_TOKEN}': tokens.access_token ?? '',
    '{ENTER_REFRESH_TOKEN}': tokens.refresh_token ?? '',
    '{ENTER_CLIENT_ID}': LOGIN.channelId,
    '{ENTER_CLIENT_SECRET}': LOGIN.channelSecret,
  }
})
afterAll(() => world.close())

async function run(operation: string, sample: string): Promise<void> {
  const folder = `social-rest-api/${operation}`
  let command = readSample(`${folder}/${sample}.curl`)
  for (const [printed, value] of Object.entries(values)) command = command.replace(printed, value)
  const answer = await sendCurl(readCurl(command), world.platform.url)
  expect(answer.status).toBe(200)
  const expected = readJsonSample(`${folder}/response/example-json-response.json`)
  expect(shapeDifferences(expected, (await answer.json()) as never)).toEqual([]) // whatever it is, it is compared
}

it('validates a token', async () => {
  verifies('login.verify.sample-curl', 'login.verify.response')
  await run('validating-access-tokens', 'example-of-validating-the-access-token')
})

it('gets a profile', async () => {
  verifies('login.profile.sample-curl', 'login.profile.response')
  await run('getting-user-profiles', 'example-of-getting-a-user-profile')
})

it('refreshes a token', async () => {
  verifies('login.refresh.sample-curl', 'login.refresh.response')
  await run('refreshing-access-tokens', 'example-of-refreshing-an-access-token')
})

it('revokes a token', async () => {
  verifies('login.revoke.sample-curl', 'login.revoke.response')
  await run('revoking-tokens', 'example-of-revoking-an-access-token')
})
