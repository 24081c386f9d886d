// Loading animations, marking as read and the bot's own information.
import { messagingApi } from '@line/bot-sdk'
import { beforeEach, describe, expect, it } from 'vitest'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import { BOT, BROWN, CONY, STRANGER, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

let platform: TestPlatform
let client: messagingApi.MessagingApiClient

beforeEach(async () => {
  platform = await startTestPlatform()
  client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
  return () => platform.close()
})

const start = (body: unknown) => platform.post('/v2/bot/chat/loading/start', body)
const untilMs = async (userId = BROWN) =>
  (await platform.control<{ untilMs: number | null }>('GET', `/users/${userId}/chats/${BOT.botUserId}/loading`)).body
    .untilMs

describe('a loading animation', () => {
  it('is seen for the time asked for, 20 seconds unless told', async () => {
    provesEffect('POST /v2/bot/chat/loading/start', 'GET /_hatoba/users/{userId}/chats/{chatId}/loading')
    const { status, body } = await start({ chatId: BROWN })
    expect([status, body]).toEqual([202, {}])
    expect(await untilMs()).toBe(platform.clock.now() + 20_000)
    await client.showLoadingAnimation({ chatId: BROWN, loadingSeconds: 5 })
    expect(await untilMs()).toBe(platform.clock.now() + 5_000)
    platform.clock.advance(5_000)
    expect(await untilMs()).toBeNull()
  })

  it("ends with the bot's next message", async () => {
    await platform.type('hello')
    await start({ chatId: BROWN, loadingSeconds: 60 })
    await platform.type('are you there?')
    expect(await untilMs()).not.toBeNull()
    await client.pushMessage({ to: BROWN, messages: [{ type: 'text', text: 'yes' }] })
    expect(await untilMs()).toBeNull()
  })

  it('is taken but not seen by who is no friend', async () => {
    await platform.control('POST', `/users/${CONY}/friends/${BOT.botUserId}`, { action: 'block' })
    for (const chatId of [CONY, STRANGER, `U${'e'.repeat(32)}`]) expect((await start({ chatId })).status).toBe(202)
    expect([await untilMs(CONY), await untilMs(STRANGER)]).toEqual([null, null])
  })

  it("is told in the user's stream", async () => {
    const controller = new AbortController()
    const stream = await fetch(`${platform.controlUrl}/users/${BROWN}/stream`, { signal: controller.signal })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = String((await reader?.read())?.value)
    await start({ chatId: BROWN, loadingSeconds: 10 })
    while (!text.includes('event: loading')) text += String((await reader?.read())?.value)
    expect(text).toContain(JSON.stringify({ chatId: BOT.botUserId, untilMs: platform.clock.now() + 10_000 }))
    controller.abort()
  })

  const between = { message: 'Must be between 5 and 60', property: 'loadingSeconds' }
  const multiple = { message: 'must be a multiple of five', property: 'loadingSeconds' }
  const onlyUsers = {
    message: 'Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.',
    property: 'chatId',
  }
  it.each<[object, object[]]>([
    [{ chatId: BROWN, loadingSeconds: 3 }, [between, multiple]],
    [{ chatId: BROWN, loadingSeconds: 61 }, [between, multiple]],
    [{ chatId: BROWN, loadingSeconds: 65 }, [between]],
    [{ chatId: BROWN, loadingSeconds: 7 }, [multiple]],
    [{ chatId: `C${'1'.repeat(32)}` }, [onlyUsers]],
    [{ chatId: `R${'1'.repeat(32)}` }, [onlyUsers]],
    [{ chatId: 'nobody', loadingSeconds: 7 }, [onlyUsers, multiple]],
    [{}, [{ message: 'May not be empty', property: 'chatId' }]],
  ])('is refused for %o', async (body, details) => {
    expect(await start(body)).toMatchObject({
      status: 400,
      body: { message: `The request body has ${details.length} error(s)`, details },
    })
  })

  it('is refused for values of another type, with their place', async () => {
    expect(await start(`{"chatId":"${BROWN}","loadingSeconds":"5"}`)).toMatchObject({
      status: 400,
      body: { message: "The property, 'loadingSeconds', in the request body is invalid (line: 1, column: 64)" },
    })
    expect((await start({ chatId: 5 })).status).toBe(400)
    expect((await start('')).status).toBe(400)
  })

  it('is not known of users and chats that there are not', async () => {
    expect((await platform.control('GET', `/users/nobody/chats/${BOT.botUserId}/loading`)).status).toBe(404)
    expect((await platform.control('GET', `/users/${BROWN}/chats/nobody/loading`)).status).toBe(404)
  })
})
