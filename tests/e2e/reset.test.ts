import { expect, it } from 'vitest'
import { startStack } from '../testkit/start-stack.ts'

it('leaves the demo connected to the gateway after a reset, and empties the chats', async () => {
  const stack = await startStack()
  try {
    const { controlUrl } = stack.platform
    await stack.phone.send('before')
    await stack.settle()
    expect((await fetch(`${controlUrl}/reset`, { method: 'POST' })).status).toBe(200)
    expect(await stack.phone.messages()).toEqual([])
    const { channels } = (await (await fetch(`${controlUrl}/state`)).json()) as {
      channels: { channelId: string; webhook: { url?: string; use: boolean } }[]
    }
    const ofApp = channels.find(({ channelId }) => channelId === stack.channel.channelId)
    expect(ofApp?.webhook).toMatchObject({ use: true, url: expect.stringContaining(stack.gateway.url) })
    await stack.phone.send('after')
    await stack.settle()
    const timeline = (await (await fetch(`${controlUrl}/timeline?kind=attempt`)).json()) as {
      entries: { status: number }[]
    }
    expect(timeline.entries.map(({ status }) => status)).toEqual([200])
  } finally {
    await stack.close()
  }
})
