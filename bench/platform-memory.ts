// What the platform's process holds resident after 100,000 pushed messages, timeline and saved chats included.
import { drive } from './http-load.ts'
import { pushRequest } from './platform-push.ts'
import type { BenchResult } from './result.ts'
import { startPlatformProcess } from './server-process.ts'

const MESSAGES = 100_000
const STEP = 20_000
const CONNECTIONS = 20
const GOAL_MB = 300

export async function benchPlatformMemory(): Promise<BenchResult> {
  const platform = await startPlatformProcess()
  try {
    const request = pushRequest(platform.userId, platform.channel.channelAccessToken)
    const rounds: { messages: number; rssMb: number }[] = [{ messages: 0, rssMb: platform.rssMb() }]
    for (let messages = STEP; messages <= MESSAGES; messages += STEP) {
      await drive({ port: platform.port, connections: CONNECTIONS, requests: STEP, request })
      rounds.push({ messages, rssMb: platform.rssMb() })
    }
    const most = Math.max(...rounds.map(({ rssMb }) => rssMb))
    return {
      figures: [
        { name: `most resident up to ${MESSAGES} messages`, value: most, unit: 'MB', goal: { below: GOAL_MB } },
      ],
      rounds,
    }
  } finally {
    await platform.stop()
  }
}
