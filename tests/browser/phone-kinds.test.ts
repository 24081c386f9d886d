// Each kind of message that a bot sends, and each action in it: shown, tapped, and what the bot then hears.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { messageSamples } from './message-samples.ts'
import { type PhoneWorld, startPhoneWorld } from './phone-world.ts'
import { recordFilm } from './recorded-film.ts'

let world: PhoneWorld

beforeAll(async () => {
  world = await startPhoneWorld()
})

afterAll(async () => {
  await world?.close()
})

const LOOKS = [
  { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const

/** Sends the sample of that name and opens the chat. */
async function show(name: string, look: (typeof LOOKS)[number] = LOOKS[0]): Promise<Page> {
  const sample = messageSamples(world.media.url).find((other) => other.name === name)
  if (sample === undefined) throw new Error(`there is no sample ${name}`)
  await world.push(...sample.messages)
  const { page } = await world.openPage(look)
  await page.goto(`${world.url}/users/${world.userId}/chats/${world.botUserId}`)
  if (sample.shows !== '') await page.getByText(sample.shows).last().waitFor()
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).last()
const lastMine = (page: Page) => page.locator('.row-mine .bubble').last()

for (const look of LOOKS) {
  const at = `at ${look.viewport.width} px`

  test(`shows texts in four languages, LINE emoji and a sender of its own ${at}`, async () => {
    const page = await show('text', look)
    expect(await page.locator('.text-body[lang=ja]').count()).toBeGreaterThan(0)
    expect(await page.locator('.text-body[lang=th]').count()).toBeGreaterThan(0)
    expect(await page.locator('.text-body[lang=zh]').count()).toBeGreaterThan(0)
    await page
      .getByRole('img', { name: /LINE emoji 001/ })
      .last()
      .waitFor()
    await page.getByRole('img', { name: 'LINE emoji U+100084' }).last().waitFor()
    await page.getByText('Captain from “Hatoba Demo”').last().waitFor()
  })

  test(`shows pictures, and why one is broken; opens one in full ${at}`, async () => {
    verifies('phone.image')
    const page = await show('image', look)
    await page
      .getByText('the file’s server answered 404')
      .or(page.getByText(/server answered 404/))
      .last()
      .waitFor()
    await page.getByRole('button', { name: 'Open: picture from Hatoba Demo' }).nth(-2).click()
    const full = page.getByRole('img', { name: 'The picture in full' })
    await expect
      .poll(() => full.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(1024)
    await page.keyboard.press('Escape')
    await full.waitFor({ state: 'detached' })
  })

  test(`loads an imagemap in the size it needs and answers its areas ${at}`, async () => {
    verifies('phone.imagemap', 'phone.uri-action')
    const from = world.eventCount()
    const page = await show('imagemap', look)
    await page.getByText('Loaded 300 px wide, 2 areas').last().waitFor()
    await button(page, 'East pier').click()
    expect(await world.waitForEvent('message', from)).toMatchObject({
      message: { type: 'text', text: 'East pier, please' },
    })
    await button(page, 'West pier').click()
    await page.frameLocator('iframe').getByText('Two seats from pier 3.').waitFor()
  })

  test(`tells the bot of buttons: postback, message, call, date and page ${at}`, async () => {
    verifies('phone.templates', 'phone.url-choice', 'phone.call-choice', 'phone.text-choice', 'phone.datetime-dialog')
    const from = world.eventCount()
    const page = await show('buttons', look)
    await button(page, 'Book a seat').click()
    expect(await world.waitForEvent('postback', from)).toMatchObject({ postback: { data: 'book=1340' } })
    await expect.poll(() => lastMine(page).innerText()).toContain('I book a seat')

    await button(page, 'Which ferries?').click()
    expect(await world.waitForEvent('message', from)).toMatchObject({ message: { text: 'Which ferries?' } })
    await expect.poll(() => lastMine(page).innerText()).toContain('Which ferries?')

    await button(page, 'Call the wharf').click()
    expect(await page.getByLabel('Number', { exact: true }).innerText()).toBe('+81-45-123-4567')
    await page.getByRole('button', { name: 'Close' }).click()

    const beforeDate = world.eventCount()
    await button(page, 'Another day').click()
    const date = page.getByLabel('Pick a date').last()
    expect([await date.inputValue(), await date.getAttribute('min'), await date.getAttribute('max')]).toEqual([
      '2026-12-24',
      '2026-12-01',
      '2026-12-31',
    ])
    await date.fill('2026-12-25')
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    expect(await world.waitForEvent('postback', beforeDate)).toMatchObject({
      postback: { data: 'day', params: { date: '2026-12-25' } },
    })

    await page
      .getByRole('button', { name: /Where to\?.*Timetable/s })
      .last()
      .click()
    await page.frameLocator('iframe').getByText('Two seats from pier 3.').waitFor()
  })

  test(`confirms, with the text shown and sent ${at}`, async () => {
    verifies('phone.templates')
    const from = world.eventCount()
    const page = await show('confirm', look)
    await button(page, 'Yes').click()
    expect(await world.waitForEvent('postback', from)).toMatchObject({ postback: { data: 'seats=2' } })
    expect(await world.waitForEvent('message', from)).toMatchObject({ message: { text: 'Yes, please' } })
  })

  test(`pages through a carousel and picks date and time ${at}`, async () => {
    verifies('phone.carousel-cycle', 'phone.datetime-dialog')
    const from = world.eventCount()
    const page = await show('carousel', look)
    const carousel = page.locator('.carousel').last()
    await carousel.getByRole('button', { name: 'Next card' }).click()
    await carousel.getByText('2 / 3').waitFor()
    await carousel.getByRole('button', { name: 'Next card' }).click()
    await carousel.getByText('3 / 3').waitFor()
    expect(await carousel.getByRole('button', { name: 'Next card' }).isDisabled()).toBe(true)
    const card = carousel.getByRole('listitem', { name: 'Card 3 of 3' })
    await card.getByRole('button', { name: 'Go there' }).click()
    expect(await world.waitForEvent('postback', from)).toMatchObject({ postback: { data: 'island=2' } })
    const beforeTime = world.eventCount()
    await card.getByRole('button', { name: 'Pick a time' }).click()
    await page.getByLabel('Pick date and time').last().fill('2026-12-24T13:40')
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    expect(await world.waitForEvent('postback', beforeTime)).toMatchObject({
      postback: { data: 'time=2', params: { datetime: '2026-12-24T13:40' } },
    })
  })

  test(`answers a tap on a picture of an image carousel ${at}`, async () => {
    verifies('phone.carousel-cycle')
    const from = world.eventCount()
    const page = await show('image-carousel', look)
    const carousel = page.locator('.carousel').last()
    await carousel.getByRole('button', { name: 'Next card' }).click()
    await carousel.getByRole('button', { name: 'Noon' }).click()
    expect(await world.waitForEvent('postback', from)).toMatchObject({ postback: { data: 'view=noon' } })
  })

  test(`carries out each quick reply, and shows them with the newest message alone ${at}`, async () => {
    const page = await show('quick-replies', look)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const replies = page.getByRole('list', { name: 'Quick replies' })

    await replies.getByRole('button', { name: 'Copy the code' }).click()
    await page.getByText('Copied', { exact: true }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('WHARF-3')

    let from = world.eventCount()
    await replies.getByRole('button', { name: 'Pick a time' }).click()
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    expect(await world.waitForEvent('postback', from)).toMatchObject({ postback: { params: { time: '13:40' } } })

    from = world.eventCount()
    await replies.getByRole('button', { name: 'Write to us' }).click()
    await expect.poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Dear crew, ')
    expect(await world.waitForEvent('postback', from)).toMatchObject({ postback: { data: 'write' } })

    from = world.eventCount()
    await replies.getByRole('button', { name: 'Choose pictures' }).click()
    await page.getByRole('checkbox', { name: 'Picture 2' }).check({ force: true })
    await page.getByRole('checkbox', { name: 'Picture 5' }).check({ force: true })
    await page.getByRole('button', { name: 'Send 2 pictures' }).click()
    expect(await world.waitForEvent('message', from)).toMatchObject({
      message: { type: 'image', imageSet: { total: 2 } },
    })
    await replies.waitFor({ state: 'detached' })
  })
}

test('takes a picture and sends a place where a quick reply asks for them', async () => {
  let page = await show('quick-replies')
  let from = world.eventCount()
  await page.getByRole('button', { name: 'Take a picture' }).click()
  await page.getByRole('button', { name: 'Take the picture' }).click()
  expect(await world.waitForEvent('message', from)).toMatchObject({ message: { type: 'image' } })

  page = await show('quick-replies')
  from = world.eventCount()
  await page.getByRole('button', { name: 'Send my place' }).click()
  await page.getByRole('button', { name: /東京駅/ }).click()
  await page.getByRole('button', { name: 'Send this place' }).click()
  expect(await world.waitForEvent('message', from)).toMatchObject({ message: { type: 'location', title: '東京駅' } })
})

test('opens the map of a place, of a message and of a map link', async () => {
  verifies('phone.location', 'phone.location-choice')
  const page = await show('location')
  await page
    .getByRole('button', { name: /Osanbashi Pier/ })
    .last()
    .click()
  await page.getByRole('dialog', { name: 'Osanbashi Pier' }).getByText('35.45155, 139.64780').waitFor()
  await page.keyboard.press('Escape')
  const uri = 'https://www.google.com/maps/search/?api=1&query=35.44,139.64'
  const actions = [{ type: 'uri', label: 'Where is it?', uri }]
  await world.push({ type: 'template', altText: 'x', template: { type: 'buttons', text: 'The wharf', actions } })
  await button(page, 'Where is it?').click()
  await page.getByRole('dialog').getByText('35.44000, 139.64000').waitFor()
})

test('plays a film to its end, of which the bot hears', async () => {
  verifies('phone.video')
  const { page: studio } = await world.openPage()
  world.media.giveFilm(await recordFilm(studio))
  const from = world.eventCount()
  const page = await show('video')
  await page.getByRole('button', { name: 'Play: film from Hatoba Demo' }).last().click()
  expect(await world.waitForEvent('videoPlayComplete', from)).toMatchObject({
    videoPlayComplete: { trackingId: 'trip-to-the-island' },
  })
})

test('plays a sound', async () => {
  verifies('phone.audio')
  const page = await show('audio')
  await page.getByRole('button', { name: 'Play', exact: true }).last().click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
})

test('draws its own stickers, and a placeholder for every other one', async () => {
  verifies('phone.sticker')
  const page = await show('sticker')
  await page.getByRole('img', { name: 'Sticker 1988 of package 446' }).last().waitFor()
  await page.getByRole('img', { name: 'Sticker: Hello!' }).last().waitFor()
})

test('shows the alternative text and the JSON of a message on request', async () => {
  const page = await show('buttons')
  const row = page.locator('.row', { hasText: 'Where to?' }).last()
  await row.hover()
  await row.getByRole('button', { name: 'More: Template' }).click()
  await page.getByRole('button', { name: 'Details' }).click()
  const details = page.getByRole('dialog', { name: 'Template: details' })
  await details.getByText('Where to? Buttons', { exact: true }).waitFor()
  await details.getByRole('region', { name: 'JSON of the Template' }).waitFor()
})

test('shows the loading animation until the bot writes', async () => {
  const { page } = await world.openPage()
  await page.goto(`${world.url}/users/${world.userId}/chats/${world.botUserId}`)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  await world.pushText('wait a moment')
  await page.getByText('wait a moment').last().waitFor()
  await world.callApi('/v2/bot/chat/loading/start', { chatId: world.userId, loadingSeconds: 20 })
  await page.getByText('Hatoba Demo is writing').waitFor({ state: 'attached' })
  await world.pushText('here it is')
  await page.getByText('Hatoba Demo is writing').waitFor({ state: 'detached' })
})
