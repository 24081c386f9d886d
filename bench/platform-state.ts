// All state at once: a snapshot of 10,000 messages taken and restored, and a reset to the seed, each over the control
// API; median of five.
import { drive } from './http-load.ts'
import { median } from './median.ts'
import { pushRequest } from './platform-push.ts'
import type { BenchResult } from './result.ts'
import { startPlatformProcess } from './server-process.ts'

const ROUNDS = 5
const MESSAGES = 10_000
const CONNECTIONS = 20

export async function benchPlatformState(): Promise<BenchResult> {
  const platform = await startPlatformProcess()
  const { port, userId, channel, controlUrl } = platform
  const request = pushRequest(userId, channel.channelAccessToken)
  const tookMs = async (path: string, body: object = {}) => {
    const startedMs = performance.now()
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(controlUrl + path, { method: 'POST', headers, body: JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    return Math.round((performance.now() - startedMs) * 10) / 10
  }
  try {
    const rounds: { snapshotMs: number; restoreMs: number; resetMs: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await drive({ port, connections: CONNECTIONS, requests: MESSAGES, request })
      const name = `round-${round}`
      const snapshotMs = await tookMs('/snapshot', { name })
      const restoreMs = await tookMs('/restore', { name })
      rounds.push({ snapshotMs, restoreMs, resetMs: await tookMs('/reset') })
    }
    const both = Math.round(median(rounds.map(({ snapshotMs, restoreMs }) => snapshotMs + restoreMs)))
    return {
      figures: [
        { name: `snapshot and restore of ${MESSAGES} messages`, value: both, unit: 'ms', goal: { below: 300 } },
        { name: 'snapshot', value: median(rounds.map(({ snapshotMs }) => snapshotMs)), unit: 'ms' },
        { name: 'restore', value: median(rounds.map(({ restoreMs }) => restoreMs)), unit: 'ms' },
        { name: 'reset', value: median(rounds.map(({ resetMs }) => resetMs)), unit: 'ms', goal: { below: 20 } },
      ],
      rounds,
    }
  } finally {
    await platform.stop()
  }
}
