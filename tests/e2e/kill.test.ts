// What was accepted is delivered, whatever dies in between: the gateway is killed with sends in flight.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HatobaProcess, startHatoba } from '../testkit/hatoba-process.ts'
import { phoneOf } from '../testkit/phone.ts'

const CYCLES = 3
const SENDERS = 16
let dataDir: string
let platform: HatobaProcess
let gatewayPort: string
let gateway: HatobaProcess

const portOf = (url = '') => new URL(url).port
const flags = (...more: string[]) => ['--data-dir', dataDir, '--log-level', 'silent', ...more]

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-kill-'))
  // One start together makes the demo and points its two halves at each other; then each runs alone on the same ports.
  const both = await startHatoba('start', flags('--platform-port', '0', '--gateway-port', '0', '--no-customer'))
  await both.stop()
  gatewayPort = portOf(both.description.gateway?.url)
  platform = await startHatoba('platform', flags('--platform-port', portOf(both.description.platform?.url)))
  gateway = await startHatoba('gateway', flags('--gateway-port', gatewayPort))
})
afterAll(async () => {
  await gateway?.stop('SIGKILL')
  await platform?.stop('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

it('delivers each answered send exactly once across kill -9', { timeout: 120_000 }, async () => {
  const { url, subAccountId, apiKey } = gateway.description.gateway ?? {}
  const { controlUrl = '', userId = '', channels = [] } = platform.description.platform ?? {}
  const phone = phoneOf({ controlUrl, userId, chatId: channels[0]?.botUserId ?? '' })
  const answered = new Set<string>()
  const asked = new Set<string>()
  let count = 0

  const send = async (): Promise<boolean> => {
    const text = `message ${++count}`
    asked.add(text)
    try {
      const answer = await fetch(`${url}/api/v1/subaccounts/${subAccountId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ user: { lineUserId: userId }, type: 'Text', content: { text } }),
      })
      if (answer.status === 200) answered.add(text)
      return answer.status === 200
    } catch {
      return false // killed while it was being asked: the sender cannot know
    }
  }

  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const before = answered.size
    let alive = true
    const senders = Array.from({ length: SENDERS }, async () => {
      while (alive) if (!(await send())) break
    })
    while (answered.size < before + 60) await pause(5)
    await gateway.stop('SIGKILL')
    alive = false
    await Promise.all(senders)
    gateway = await startHatoba('gateway', flags('--gateway-port', gatewayPort))
  }

  // Everything that is open is delivered by the new process; a last message, sent after all, comes after them (one lane).
  expect(await send()).toBe(true)
  const last = `message ${count}`
  for (let waitedMs = 0; waitedMs < 60_000 && !(await phone.botTexts()).includes(last); waitedMs += 100)
    await pause(100)

  const arrived = await phone.botTexts()
  expect([...answered].filter((text) => !arrived.includes(text))).toEqual([]) // nothing lost
  expect(arrived.length).toBe(new Set(arrived).size) // nothing twice
  expect(arrived.filter((text) => !asked.has(text))).toEqual([])
})
