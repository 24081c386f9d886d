// Takes the pictures of docs/images from the running product: node --conditions=@hatoba/source scripts/screenshots.ts
// It starts platform and gateway on their usual ports, because those are what the pictures show.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startMediaHost } from '../tests/browser/media-host.ts'
import { messageSamples } from '../tests/browser/message-samples.ts'
import { launchBrowser } from '../tests/testkit/browser.ts'
import { startStack, type TestStack } from '../tests/testkit/start-stack.ts'

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url))
const TIME_ZONE = 'Asia/Tokyo'
const TIME_ZONE_AHEAD_MS = 9 * 3_600_000
const DAY_MS = 24 * 3_600_000
const MORNING_MS = (10 * 60 + 24) * 60_000
const BETWEEN_TURNS_MS = 70_000

const DESKTOP = { viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1.25 }
const SMALL = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 }

const KIND_LOOKS = [
  ['light', { viewport: DESKTOP.viewport, colorScheme: 'light' }],
  ['dark', { viewport: DESKTOP.viewport, colorScheme: 'dark' }],
  ['360', { viewport: SMALL.viewport, colorScheme: 'light' }],
  ['360-dark', { viewport: SMALL.viewport, colorScheme: 'dark' }],
] as const

const PICTURES_AND_FONTS = `Promise.all([
  document.fonts.ready,
  ...Array.from(document.images, (image) => image.decode().catch(() => undefined)),
])`

/** What Brown types, and the bot's answer. */
const CONVERSATION: readonly (readonly [string, string])[] = [
  ['hello', 'Good morning, Brown. Where would you like to go?'],
  ['To the island, with a bicycle', 'Bicycles travel free. Today’s ferries leave at 11:10, 13:40 and 16:20.'],
  ['13:40, please. Two seats', 'Done: two seats on the 13:40 from pier 3.\nYour ticket: https://ferry.example/7F3K'],
  ['Thank you!', 'See you at the wharf.'],
]

const stack = await startStack({ flags: ['--platform-port', '8081', '--gateway-port', '8080'] })
const browser = await launchBrowser()
try {
  await mkdir(IMAGES, { recursive: true })
  stack.clock.advance((MORNING_MS - ((stack.clock.now() + TIME_ZONE_AHEAD_MS) % DAY_MS) + DAY_MS) % DAY_MS)
  const chat = await openChat({ ...DESKTOP, colorScheme: 'light' })
  for (const [question, answer] of CONVERSATION) {
    await type(chat, question)
    await push(stack, [{ type: 'text', text: answer }])
    await chat.locator('.bubble', { hasText: answer.split('\n')[0] ?? answer }).waitFor()
    stack.clock.advance(BETWEEN_TURNS_MS)
  }
  await take(chat, 'phone')
  await take(await openChat({ ...DESKTOP, colorScheme: 'dark' }), 'phone-dark')
  await take(await openChat({ ...SMALL, colorScheme: 'light' }), 'phone-360')
  await takeKinds(stack)
} finally {
  await browser.close()
  await stack.close()
}

/** The phone alone in each look: the panel beside it says the same on all. Each kind stands in a chat of its own. */
async function takeKinds({ platform, channel }: TestStack): Promise<void> {
  const media = await startMediaHost()
  try {
    await mkdir(`${IMAGES}/kinds`, { recursive: true })
    const { users } = await control<{ users: { providerId: string }[] }>('GET', '/state')
    const providerId = users[0]?.providerId
    for (const { name, messages } of messageSamples(media.url)) {
      const { userId } = await control<{ userId: string }>('POST', '/users', { providerId, displayName: 'Brown' })
      await control('POST', `/users/${userId}/friends/${channel.botUserId}`, { action: 'add' })
      await push(stack, messages, userId)
      for (const [look, options] of KIND_LOOKS) {
        const context = await browser.newContext({ ...options, timezoneId: TIME_ZONE, locale: 'en' })
        const page = await context.newPage()
        await page.goto(`${platform.url}/users/${userId}/chats/${channel.botUserId}`)
        await page.locator('.bubble').last().waitFor()
        await page.waitForLoadState('networkidle')
        await page.evaluate(PICTURES_AND_FONTS)
        await page.locator('.device').screenshot({ path: `${IMAGES}/kinds/${name}-${look}.png`, caret: 'hide' })
        await context.close()
      }
    }
  } finally {
    await media.close()
  }
}

async function control<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const answer = await fetch(`${stack.platform.controlUrl}${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`the platform refused ${path}: ${await answer.text()}`)
  return (await answer.json()) as T // the control API's own shape
}

async function openChat(look: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...look, timezoneId: TIME_ZONE, locale: 'en' })
  const page = await context.newPage()
  await page.goto(stack.platform.url)
  await page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ }).click()
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  return page
}

async function type(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill(text)
  await field.press('Enter')
  await page.locator('.bubble-mine', { hasText: text }).waitFor()
}

async function push(
  { platform, channel }: TestStack,
  messages: readonly object[],
  to: string = platform.userId,
): Promise<void> {
  const answer = await fetch(`${platform.url}/v2/bot/message/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${channel.channelAccessToken}` },
    body: JSON.stringify({ to, messages }),
  })
  if (!answer.ok) throw new Error(`the platform refused the push: ${await answer.text()}`)
}

async function take(page: Page, name: string): Promise<void> {
  await page.locator('.bubble').last().waitFor()
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${IMAGES}/${name}.png`, caret: 'hide' })
}
