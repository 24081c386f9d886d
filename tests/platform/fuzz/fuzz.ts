// Sends seeded nonsense to the platform in both profiles and gathers every answer that tells of a fault of its own.
import { BOT, OLD_BOT, startProofWorld } from '../proof-world.ts'
import { gatherFacts } from '../refusals/facts.ts'
import { type FuzzRequest, fuzzRequest } from './requests.ts'

export interface FuzzReport {
  /** How often each status was answered. */
  statuses: Record<string, number>
  faults: { number: number; what: string; request: FuzzRequest }[]
}

const AT_ONCE = 8
const MOST_FAULTS = 20

export async function fuzz(seed: number, requests: number, progress?: (done: number) => void): Promise<FuzzReport> {
  const report: FuzzReport = { statuses: {}, faults: [] }
  for (const [half, bot] of [BOT, OLD_BOT].entries()) {
    const world = await startProofWorld(bot)
    const facts = await gatherFacts(world, bot)
    const end = half === 0 ? Math.ceil(requests / 2) : requests
    let next = half === 0 ? 0 : Math.ceil(requests / 2)
    const runOne = async () => {
      while (next < end && report.faults.length < MOST_FAULTS) {
        const number = next++
        if (number % 10_000 === 0) progress?.(number)
        const request = fuzzRequest(seed, number, facts)
        const what = await send(world.platform.url, request, report)
        if (what !== undefined) report.faults.push({ number, what, request })
      }
    }
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, runOne))
      const alive = await fetch(`${world.platform.url}/livez`)
      if (!alive.ok) throw new Error(`the platform is not alive after the fuzz: ${alive.status}`)
    } finally {
      await world.close()
    }
  }
  return report
}

/** What is wrong with the answer. */
async function send(url: string, request: FuzzRequest, report: FuzzReport): Promise<string | undefined> {
  const { method, path, headers, body } = request
  try {
    const answer = await fetch(url + path, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) })
    const text = await answer.text()
    report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1
    return answer.status >= 500 ? `${answer.status} ${text}` : undefined
  } catch (error) {
    return `no answer: ${error instanceof Error ? (error.cause ?? error.message) : String(error)}`
  }
}
