// The phone in a real browser, against a real platform and a bot that answers through LINE's API.
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

const bubble = (page: Page, text: string) => page.locator('.bubble', { hasText: text }).last()
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })

async function openChat(page: Page): Promise<void> {
  await page.goto(world.url)
  await page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ }).click()
  await field(page).waitFor()
}

test('shows what Brown types, and the answer that the bot pushes, without a reload', async () => {
  const { page, complaints } = await world.openPage()
  await openChat(page)
  let loads = 0
  page.on('load', () => loads++)

  await field(page).fill('hello')
  await field(page).press('Enter')
  await bubble(page, 'You said: hello').waitFor()
  expect(await page.locator('.bubble').allInnerTexts()).toEqual([
    expect.stringMatching(/^Brown, \d\d:\d\d:\s*hello$/),
    expect.stringMatching(/^Hatoba Demo, \d\d:\d\d:\s*You said: hello$/),
  ])
  expect(loads).toBe(0)
  expect(await field(page).inputValue()).toBe('')
  expect(complaints).toEqual([])
})

test('stays in step with a second window', async () => {
  const [{ page: one }, { page: other }] = await Promise.all([world.openPage(), world.openPage()])
  await Promise.all([openChat(one), openChat(other)])
  await field(one).fill('from the first window')
  await field(one).press('Enter')
  await bubble(other, 'You said: from the first window').waitFor()
  for (const page of [one, other]) {
    await bubble(page, 'You said: from the first window').waitFor()
    expect(await page.locator('.bubble', { hasText: /: *from the first window$/ }).count()).toBe(2) // ours and the echo
  }
})

test('sends by Enter, breaks the line by Shift and Enter, and leaves the Enter of an input method alone', async () => {
  const { page } = await world.openPage()
  await openChat(page)
  await field(page).pressSequentially('two')
  await field(page).press('Shift+Enter')
  await field(page).pressSequentially('lines')
  expect(await field(page).inputValue()).toBe('two\nlines')

  await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  await field(page).dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })
  expect(await field(page).inputValue()).toBe('two\nlines')

  await field(page).press('Enter')
  await bubble(page, 'You said: two').waitFor()
  expect(await bubble(page, 'You said: two').innerText()).toContain('You said: two\nlines')
})

test('does not send what is empty, and keeps emoji and markup as they are written', async () => {
  const { page } = await world.openPage()
  await openChat(page)
  const before = await page.locator('.bubble').count()
  await field(page).fill('  \n ')
  await field(page).press('Enter')
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)

  const text = '🕊️ <b>"波止場" & 鳩場</b>'
  await field(page).fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await bubble(page, `You said: ${text}`).waitFor()
  expect(await page.locator('.bubble').count()).toBe(before + 2)
})

test('counts what is unread in the list and in the title, until the chat is opened', async () => {
  const { page } = await world.openPage()
  await page.goto(world.url)
  const row = page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ })
  await row.waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  await world.pushText('first')
  await world.pushText('second')
  await row.getByText('2 unread messages').waitFor({ state: 'attached' })
  expect(await row.innerText()).toContain('second')
  expect(await page.title()).toBe('(2) Brown · Hatoba')

  await row.click()
  await bubble(page, 'second').waitFor()
  await page.getByRole('link', { name: 'Back to chats' }).click()
  await row.waitFor()
  await row.getByText('unread').waitFor({ state: 'detached' })
  expect(await page.title()).toBe('Brown · Hatoba')
})

test('says who you are, which bot this is, and where its webhook goes', async () => {
  const { page } = await world.openPage({ viewport: { width: 1280, height: 860 } })
  await openChat(page)
  const panel = page.getByRole('complementary')
  const words = await panel.innerText()
  for (const fact of ['Brown', world.userId, 'Hatoba Demo', 'In use', 'http://127.0.0.1']) expect(words).toContain(fact)
  expect(words).toContain('Hatoba is not affiliated with LINE, Sinch or 8x8.')
})

test('shows a kind it does not draw with its name, its words and, on request, its JSON', async () => {
  const { page } = await world.openPage()
  await openChat(page)
  await world.push({ type: 'flex', altText: 'Shall we sail?', contents: { type: 'bubble' } })
  const card = bubble(page, 'Shall we sail?')
  await card.waitFor()
  expect(await card.innerText()).toContain('Flex message')
  await card.getByText('JSON').click()
  const shown = await card.getByRole('region', { name: 'JSON of the Flex message' }).innerText()
  expect(JSON.parse(shown)).toMatchObject({ type: 'flex', contents: { type: 'bubble' } })
})

test('loads older messages as they are scrolled to, keeps the place, and leads back to the newest', async () => {
  for (let batch = 0; batch < 24; batch++) {
    const texts = Array.from({ length: 5 }, (_, at) => ({ type: 'text', text: `number ${batch * 5 + at}` }))
    await world.push(...texts)
  }
  const { page } = await world.openPage()
  await openChat(page)
  const numbered = (number: number) => page.getByText(`number ${number}`, { exact: true })
  await numbered(119).waitFor()
  const mayLoad = Promise.withResolvers<void>()
  await page.route('**/messages?*before=*', async (route) => {
    await mayLoad.promise
    await route.continue()
  })
  const log = page.getByRole('region', { name: 'Messages with Hatoba Demo' })
  await log.press('Home')
  await page.getByText('Loading older messages').waitFor()
  const place = await numbered(75).boundingBox()
  expect(await numbered(69).count()).toBe(0)
  mayLoad.resolve()
  await numbered(60).waitFor({ state: 'attached' })
  expect(await numbered(75).boundingBox()).toEqual(place)
  await log.press('Home')
  await numbered(0).waitFor()
  expect(await numbered(5).count()).toBe(1)
  expect(await numbered(119).count()).toBe(0) // far away: not drawn

  await world.pushText('while reading old ones')
  await page.getByRole('button', { name: 'New messages' }).click()
  await page.getByRole('button', { name: 'New messages' }).waitFor({ state: 'detached' })
  expect(await bubble(page, 'while reading old ones').isVisible()).toBe(true)
})

test('shows that the bot has read what Brown wrote, where the platform says so', async () => {
  const { page } = await world.openPage()
  await page.route('**/messages?*', async (route) => {
    const answer = await route.fetch()
    const body: { messages: { from: { kind: string }; readBy?: string[] }[] } = await answer.json()
    for (const message of body.messages) if (message.from.kind === 'user') message.readBy = [world.botUserId]
    await route.fulfill({ response: answer, json: body })
  })
  await world.pushText('anything new?')
  await openChat(page)
  await field(page).fill('read this')
  await field(page).press('Enter')
  await bubble(page, 'You said: read this').waitFor()
  await page.reload()
  await page.locator('.row-mine', { hasText: 'read this' }).getByText('Read', { exact: true }).waitFor()
})
