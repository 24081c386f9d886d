// The validate endpoints: the checks of a send, and nothing sent.
import { messagingApi } from '@line/bot-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOT, BROWN, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

const KINDS = ['reply', 'push', 'multicast', 'narrowcast', 'broadcast']
const validate = (kind: string, body: unknown, headers = {}) =>
  platform.post(`/v2/bot/message/validate/${kind}`, body, headers)
const old = { authorization: `Bearer ${OLD_BOT.token}` }

describe.each(KINDS)('validating the messages of a %s', (kind) => {
  it('answers an empty object for good ones and sends nothing', async () => {
    const { status, body } = await validate(kind, { messages: [{ type: 'text', text: 'fine' }] })
    expect([status, body]).toEqual([200, {}])
    expect(await platform.chat(BROWN)).toEqual([])
  })

  it('tells what is wrong, as sending would', async () => {
    expect(await validate(kind, { messages: [{ type: 'text', text: '' }] })).toMatchObject({
      status: 400,
      body: {
        message: 'The request body has 1 error(s)',
        details: [{ message: 'May not be empty', property: 'messages[0].text' }],
      },
    })
    expect(await validate(kind, {})).toMatchObject({ status: 400, body: { details: [{ property: 'messages' }] } })
    expect((await validate(kind, 'no json')).status).toBe(400)
  })

  it('knows that only replies and pushes quote', async () => {
    const { status } = await validate(kind, { messages: [{ type: 'text', text: 'x', quoteToken: 'q' }] })
    expect(status).toBe(kind === 'reply' || kind === 'push' ? 200 : 400)
  })

  it("uses the limits of the channel's profile", async () => {
    const long = { messages: [{ type: 'text', text: 'x'.repeat(2001) }] }
    expect((await validate(kind, long)).status).toBe(200)
    expect((await validate(kind, long, old)).status).toBe(400)
  })

  it('needs a token', async () => {
    expect((await validate(kind, { messages: [] }, { authorization: '' })).status).toBe(401)
  })
})

it('is called by the official SDK', async () => {
  const client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
  const request: messagingApi.ValidateMessageRequest = { messages: [{ type: 'text', text: 'x' }] }
  expect(await client.validateReply(request)).toEqual({})
  expect(await client.validatePush(request)).toEqual({})
  expect(await client.validateMulticast(request)).toEqual({})
  expect(await client.validateNarrowcast(request)).toEqual({})
  expect(await client.validateBroadcast(request)).toEqual({})
  await expect(client.validatePush({ messages: [] })).rejects.toMatchObject({ status: 400 })
})
