// A push with full validation and state against a bare node:http route that parses the same body and answers `{}`:
// 20 connections, the two by turns, median of five rounds. The turns are short, so that whatever else the machine does
// meets both alike.
import { drive, jsonPost, type Load, type LoadSummary, summarize } from './http-load.ts'
import { median } from './median.ts'
import type { BenchResult } from './result.ts'
import { startBareRoute, startPlatformProcess } from './server-process.ts'

const ROUNDS = 5
const CONNECTIONS = 20
const TURNS = 20
const REQUESTS_PER_TURN = 1000
const WARM_UP = 10_000
const GOAL_RATIO = 0.5

export async function benchPlatformPush(): Promise<BenchResult> {
  const platform = await startPlatformProcess()
  const bare = await startBareRoute()
  try {
    const request = pushRequest(platform.userId, platform.channel.channelAccessToken)
    const load = (port: number, requests: number) => drive({ port, connections: CONNECTIONS, requests, request })
    await load(bare.port, WARM_UP)
    await load(platform.port, WARM_UP)
    const rounds: { bare: LoadSummary; platform: LoadSummary; ratio: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const ofBare: Load[] = []
      const ofPlatform: Load[] = []
      for (let turn = 0; turn < TURNS; turn++) {
        ofBare.push(await load(bare.port, REQUESTS_PER_TURN))
        ofPlatform.push(await load(platform.port, REQUESTS_PER_TURN))
      }
      const both = { bare: summarize(ofBare), platform: summarize(ofPlatform) }
      rounds.push({ ...both, ratio: Math.round((both.platform.perSecond / both.bare.perSecond) * 100) / 100 })
    }
    const ratio = median(rounds.map((round) => round.ratio))
    return {
      figures: [
        { name: 'push against bare node:http', value: ratio, unit: 'ratio', goal: { atLeast: GOAL_RATIO } },
        { name: 'push', value: median(rounds.map((round) => round.platform.perSecond)), unit: 'requests/s' },
        { name: 'push p99', value: median(rounds.map((round) => round.platform.p99Ms)), unit: 'ms' },
        { name: 'bare', value: median(rounds.map((round) => round.bare.perSecond)), unit: 'requests/s' },
        { name: 'bare p99', value: median(rounds.map((round) => round.bare.p99Ms)), unit: 'ms' },
      ],
      rounds,
    }
  } finally {
    await Promise.all([bare.stop(), platform.stop()])
  }
}

/** Each with a text of its own, as long as what bots write. */
export function pushRequest(to: string, channelAccessToken: string): (index: number) => string {
  return (index) => {
    const text = `Your order ${index} has left our shop and should reach you on the day after tomorrow before noon.`
    const body = JSON.stringify({ to, messages: [{ type: 'text', text }] })
    return jsonPost('/v2/bot/message/push', body, [`Authorization: Bearer ${channelAccessToken}`])
  }
}
