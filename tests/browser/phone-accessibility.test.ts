// The phone for those who use a keyboard or a screen reader, on a desktop and on a small screen, in light and dark.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageSamples } from './message-samples.ts'
import { type PhoneWorld, startPhoneWorld } from './phone-world.ts'
import { textFaults } from './text-layout.ts'

let world: PhoneWorld

beforeAll(async () => {
  world = await startPhoneWorld()
  await world.pushText('See https://ferry.example.com/times for today.')
  for (const { messages } of messageSamples(world.media.url)) await world.push(...messages)
  await world.push({ type: 'flex', altText: 'A bill', contents: { type: 'bubble' } })
})

afterAll(async () => {
  await world?.close()
})

const DESKTOP = { width: 1280, height: 860 }
const SMALL = { width: 360, height: 740 }
const LOOKS = [
  { viewport: DESKTOP, colorScheme: 'light' },
  { viewport: DESKTOP, colorScheme: 'dark' },
  { viewport: SMALL, colorScheme: 'light' },
  { viewport: SMALL, colorScheme: 'dark' },
] as const

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

for (const look of LOOKS) {
  test(`axe finds nothing serious at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
    const { page, complaints } = await world.openPage(look)
    await page.goto(world.url)
    const row = page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ })
    await row.waitFor()
    expect(await seriousFindings(page)).toEqual([])

    await row.click()
    await page.getByText('Flex message', { exact: true }).waitFor()
    await page.getByText('JSON', { exact: true }).click()
    expect(await seriousFindings(page)).toEqual([])
    for (const kind of await page.locator('.chat-log .row').all()) {
      await kind.scrollIntoViewIfNeeded()
      expect(await textFaults(page)).toEqual([])
    }
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)

    if (look.viewport === SMALL) {
      await page.getByRole('link', { name: 'About this phone' }).click()
      await page.getByRole('heading', { name: 'What to try' }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
    }
    const isOfBrokenPicture = (complaint: string) => complaint.includes('status of 422') // one is sent on purpose
    expect(complaints.filter((complaint) => !isOfBrokenPicture(complaint))).toEqual([])
  })
}

test('works by keyboard alone: from the list into the chat, an answer, and back to where it was', async () => {
  const { page } = await world.openPage({ viewport: DESKTOP })
  await page.goto(world.url)
  const row = page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ })
  await row.waitFor()
  const rowHasFocus = async () => (await row.and(page.locator(':focus')).count()) === 1
  for (let presses = 0; presses < 5 && !(await rowHasFocus()); presses++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  await page.keyboard.type('by keyboard')
  await page.keyboard.press('Enter')
  await page.getByText('You said: by keyboard', { exact: true }).waitFor()

  await page.keyboard.press('Shift+Tab') // the last thing in the log that takes the focus
  await page.keyboard.press('Escape')
  await row.waitFor()
  await expect.poll(rowHasFocus).toBe(true)
})

test('tells a screen reader of what comes in, once', async () => {
  const { page } = await world.openPage({ viewport: DESKTOP })
  await page.goto(world.url)
  await page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ }).click()
  await page.getByText('Live', { exact: true }).waitFor()
  await world.pushText('Land ahoy')
  await page.getByRole('status').getByText('Hatoba Demo: Land ahoy').waitFor({ state: 'attached' })
})

test('keeps the chosen theme', async () => {
  const { page } = await world.openPage({ viewport: DESKTOP, colorScheme: 'light' })
  await page.goto(world.url)
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  await page.getByText('System', { exact: true }).waitFor()
  const light = await ground()
  await page.getByText('Dark', { exact: true }).click()
  const dark = await ground()
  expect(dark).not.toBe(light)
  await page.reload()
  await page.getByText('System', { exact: true }).waitFor()
  expect(await ground()).toBe(dark)
  await page.getByText('System', { exact: true }).click()
  expect(await ground()).toBe(light)
})
