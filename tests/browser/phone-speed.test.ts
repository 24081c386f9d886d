// How fast the phone is. The figures are printed; what is asserted has slack for a busy machine.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PhoneWorld, startPhoneWorld } from './phone-world.ts'

let world: PhoneWorld

beforeAll(async () => {
  world = await startPhoneWorld()
})

afterAll(async () => {
  await world?.close()
})

const ROUNDS = 15
const MANY = 10_000
const PER_CALL = 5
const CALLS_AT_ONCE = 8

async function openChat(): Promise<Page> {
  const { page } = await world.openPage({ viewport: { width: 1280, height: 860 } })
  await page.goto(`${world.url}/users/${world.userId}/chats/${world.botUserId}`)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  return page
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

test('a tap is with the bot, and what the bot sends in the chat, in no time', async () => {
  const actions = [{ type: 'postback', label: 'Tap', data: 'x' }]
  await world.push({ type: 'template', altText: 'x', template: { type: 'buttons', text: 'Tap me', actions } })
  const page = await openChat()
  await page.evaluate(`window.tappedAtMs = []
    document.addEventListener('click', () => window.tappedAtMs.push(performance.timeOrigin + performance.now()), true)`)
  const receivedAtMs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const from = world.eventCount()
    await page.getByRole('button', { name: 'Tap', exact: true }).click()
    receivedAtMs.push((await world.waitForEvent('postback', from)).receivedAtMs)
  }
  const tappedAtMs = await page.evaluate<number[]>('window.tappedAtMs')
  const toBotMs = median(receivedAtMs.map((atMs, round) => atMs - (tappedAtMs[round] ?? 0)))

  await page.evaluate(`window.seenAtMs = {}
    new MutationObserver(() => {
      for (const bubble of document.querySelectorAll('.bubble-theirs')) {
        const words = /round \\d+/.exec(bubble.textContent)?.[0]
        if (words) requestAnimationFrame(() => { window.seenAtMs[words] ??= performance.timeOrigin + performance.now() })
      }
    }).observe(document.querySelector('.chat-log-content'), { childList: true, subtree: true })`)
  const toChatMs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const calledAtMs = performance.timeOrigin + performance.now()
    await world.pushText(`round ${round}`)
    const seen = () => page.evaluate<number | undefined>(`window.seenAtMs['round ${round}']`)
    await expect.poll(seen).toBeDefined()
    toChatMs.push(((await seen()) ?? Number.NaN) - calledAtMs)
  }
  console.log(`tap to webhook: ${toBotMs.toFixed(1)} ms p50; API call to bubble: ${median(toChatMs).toFixed(1)} ms p50`)
  expect(toBotMs).toBeLessThan(250)
  expect(median(toChatMs)).toBeLessThan(500)
})

test('scrolls through ten thousand messages without holding the page up', async () => {
  let next = 0
  const pushSome = async () => {
    while (next < MANY) {
      const from = next
      next += PER_CALL
      await world.push(
        ...Array.from({ length: PER_CALL }, (_, at) => ({ type: 'text', text: `Message number ${from + at} of many` })),
      )
    }
  }
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, pushSome))
  const page = await openChat()
  await page.evaluate(`window.longTasksMs = []
    new PerformanceObserver((list) => window.longTasksMs.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' })`)
  const log = page.getByRole('region', { name: 'Messages with Hatoba Demo' })
  const loaded = () => page.evaluate<number>(`document.querySelectorAll('.chat-log-rows').length`)
  // All the way up, page by page: the top of what is loaded loads what is above it.
  const pages = MANY / 200
  await log.focus()
  for (
    let step = 0;
    step < 10 * pages && (await page.getByRole('button', { name: /older messages/i }).count()) > 0;
    step++
  ) {
    await log.press('Home')
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)))')
  }
  const stretches = await loaded()
  for (let step = 0; step < 40; step++) {
    await page.mouse.move(400, 400)
    await page.mouse.wheel(0, 2_500)
  }
  const rows = await page.locator('.row').count()
  const longTasksMs = await page.evaluate<number[]>('window.longTasksMs')
  const longest = Math.max(0, ...longTasksMs)
  console.log(
    `${MANY} messages, ${stretches} stretches, ${rows} rows drawn: ${longTasksMs.length} tasks over 50 ms, longest ${longest} ms`,
  )
  expect(stretches).toBeGreaterThan(MANY / 50)
  expect(rows).toBeLessThan(500)
  expect(longest).toBeLessThan(500)
}, 60_000)
