// What a person sends and does: every kind of message, friends, groups, beacons; and what the bot hears of it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { type PhoneWorld, startPhoneWorld } from './phone-world.ts'
import { recordFilm } from './recorded-film.ts'

let world: PhoneWorld
let folder: string
let peer: { userId: string; displayName: string }

beforeAll(async () => {
  world = await startPhoneWorld()
  folder = await mkdtemp(join(tmpdir(), 'hatoba-files-'))
  const { users } = await world.control<{ users: { userId: string; providerId: string }[] }>('GET', '/state')
  const providerId = users.find(({ userId }) => userId === world.userId)?.providerId
  peer = await world.control('POST', '/users', { providerId, displayName: 'Cony' })
})

afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

const SMALL = { viewport: { width: 360, height: 740 } }
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const address = (path = '') => `${world.url}/users/${world.userId}${path}`

async function openChat(options = {}): Promise<Page> {
  const { page } = await world.openPage(options)
  await page.goto(address(`/chats/${world.botUserId}`))
  await field(page).waitFor()
  return page
}

async function more(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Send something else' }).click()
  await page.getByRole('list', { name: 'Send something else' }).getByRole('button', { name, exact: true }).click()
}

/** Chooses a file as the browser's own dialog would. */
async function choose(page: Page, open: () => Promise<void>, name: string, content: string | Buffer): Promise<void> {
  const path = join(folder, name)
  await writeFile(path, content)
  const [dialog] = await Promise.all([page.waitForEvent('filechooser'), open()])
  await dialog.setFiles(path)
}

test('sends a text with LINE emoji, and the last message once more by the arrow up', async () => {
  const page = await openChat(SMALL)
  let from = world.eventCount()
  await field(page).fill('Good (happy) morning')
  await field(page).press('Enter')
  expect(await world.waitForEvent('message', from)).toMatchObject({
    message: { text: 'Good (happy) morning', emojis: [{ index: 5, length: 7 }] },
  })
  await page.locator('.bubble-mine').getByRole('img', { name: 'happy' }).waitFor()
  from = world.eventCount()
  await field(page).press('ArrowUp')
  expect(await world.waitForEvent('message', from)).toMatchObject({ message: { text: 'Good (happy) morning' } })
})

test('sends a sticker of its own and one by its ids', async () => {
  const page = await openChat(SMALL)
  let from = world.eventCount()
  await page.getByRole('button', { name: 'Stickers and emoji' }).click()
  await page.getByRole('button', { name: 'Sticker: OK!' }).click()
  expect(await world.waitForEvent('message', from)).toMatchObject({
    message: { type: 'sticker', packageId: '900001', stickerId: '90000104', keywords: ['wink', 'agreed'] },
  })
  from = world.eventCount()
  await page.getByRole('button', { name: 'By ID' }).click()
  await page.getByLabel('Sticker ID').fill('2000')
  await page.getByRole('button', { name: 'Send the sticker' }).click()
  expect(await world.waitForEvent('message', from)).toMatchObject({ message: { packageId: '446', stickerId: '2000' } })
})

test('sends pictures, a film, a sound and a file, and shows each', async () => {
  const page = await openChat()
  let from = world.eventCount()
  await more(page, 'Image')
  await page.getByRole('checkbox', { name: 'Picture 1' }).check({ force: true })
  await page.getByRole('button', { name: 'Send 1 picture' }).click()
  expect(await world.waitForEvent('message', from)).toMatchObject({ message: { type: 'image' } })
  await page.getByRole('button', { name: 'Open: picture from Brown' }).waitFor()

  from = world.eventCount()
  await choose(page, () => more(page, 'Video'), 'trip.mp4', await recordFilm(page))
  expect(await world.waitForEvent('message', from)).toMatchObject({ message: { type: 'video' } })
  await page.getByRole('button', { name: 'Play: film from Brown' }).waitFor()

  from = world.eventCount()
  const sound = Buffer.from(await (await fetch(`${world.media.url}/sound.mp3`)).arrayBuffer())
  await choose(page, () => more(page, 'Audio'), 'gulls.mp3', sound)
  const { message } = await world.waitForEvent('message', from)
  expect(message).toMatchObject({ type: 'audio', duration: expect.any(Number) })
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()

  from = world.eventCount()
  await choose(page, () => more(page, 'File'), 'timetable.csv', 'from,to\n11:10,11:50\n')
  expect(await world.waitForEvent('message', from)).toMatchObject({
    message: { type: 'file', fileName: 'timetable.csv', fileSize: 20 },
  })
  await page.getByRole('link', { name: /timetable.csv/ }).waitFor()
})

test('sends a place', async () => {
  const page = await openChat(SMALL)
  const from = world.eventCount()
  await more(page, 'Location')
  await page.getByLabel('Title').fill('Pier 3')
  await page.getByRole('button', { name: 'Send this place' }).click()
  expect(await world.waitForEvent('message', from)).toMatchObject({ message: { type: 'location', title: 'Pier 3' } })
  await page.getByRole('button', { name: /Pier 3/ }).waitFor()
})

test('quotes a message, and takes one back', async () => {
  const page = await openChat()
  await world.pushText('Which pier?')
  const question = page.locator('.row-theirs', { hasText: 'Which pier?' }).last()
  await question.hover()
  await question.getByRole('button', { name: 'More: Text' }).click()
  await page.getByRole('button', { name: 'Reply with a quote' }).click()
  let from = world.eventCount()
  await field(page).fill('The third')
  await field(page).press('Enter')
  const { message } = await world.waitForEvent('message', from)
  expect(message).toMatchObject({ text: 'The third', quotedMessageId: expect.stringMatching(/^\d+$/) })

  const mine = page.locator('.row-mine', { hasText: 'The third' }).last()
  expect(await mine.locator('.quoted').innerText()).toContain('Which pier?')
  from = world.eventCount()
  await mine.hover()
  await mine.getByRole('button', { name: 'More: Text' }).click()
  await page.getByRole('button', { name: 'Unsend' }).click()
  expect(await world.waitForEvent('unsend', from)).toMatchObject({ unsend: { messageId: message.id } })
  await page.getByText('You took a message back.').waitFor()
})

test('blocks and unblocks the bot', async () => {
  verifies('phone.block', 'phone.unblock')
  const { page } = await world.openPage(SMALL)
  await page.goto(address(`/chats/${world.botUserId}/menu`))
  let from = world.eventCount()
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  await world.waitForEvent('unfollow', from)
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByText('You have blocked this bot.').waitFor()
  expect(await field(page).count()).toBe(0)
  from = world.eventCount()
  await page.getByRole('button', { name: 'Unblock' }).click()
  expect(await world.waitForEvent('follow', from)).toMatchObject({ follow: { isUnblocked: true } })
  await field(page).waitFor()
})

test('finds a bot by its name, @id and link, and adds it by its QR code', async () => {
  verifies('phone.add-by-qr')
  const { page } = await world.openPage(SMALL)
  await page.goto(`${world.url}/users/${peer.userId}/add`)
  const found = page.getByRole('listitem').filter({ hasText: /Hatoba Demo(?! 2017)/ })
  await found.getByRole('button', { name: 'QR code of Hatoba Demo' }).click()
  const code = await page.getByRole('img', { name: 'QR code of Hatoba Demo' }).screenshot({ scale: 'css' })
  const { channels } = await world.control<{
    channels: { botUserId: string; basicId: string; addFriendUrl: string }[]
  }>('GET', '/state')
  const bot = channels.find(({ botUserId }) => botUserId === world.botUserId)
  for (const typed of [bot?.basicId ?? '', bot?.addFriendUrl ?? '']) {
    await page.getByRole('searchbox').fill(typed)
    await expect.poll(() => page.locator('.found-bot').count()).toBe(1)
  }
  await page.getByRole('searchbox').fill('nobody of that name')
  await page.getByText('No bot is called so.').waitFor()

  const path = join(folder, 'code.png')
  await writeFile(path, code)
  await page.getByLabel('Scan a QR code from a picture').setInputFiles(path)
  await page.getByText('The QR code was read.').waitFor()
  const from = world.eventCount()
  await found.getByRole('button', { name: 'Add', exact: true }).click()
  expect(await world.waitForEvent('follow', from)).toMatchObject({ source: { userId: peer.userId } })
  await found.getByRole('link', { name: 'Chat with Hatoba Demo' }).waitFor()
})

test('turns "Use LINE Beacon" on, meets a beacon and taps its banner', async () => {
  verifies('phone.beacon-setting', 'phone.beacon-banner')
  const page = await openChat(SMALL)
  await more(page, 'Beacon')
  await page.getByRole('button', { name: 'Enter' }).click()
  await page.getByText('The bot is not told: Brown does not use LINE Beacon.').waitFor()

  await page.goto(address('/settings'))
  await page.getByRole('switch', { name: /Use LINE Beacon/ }).click()
  await page.getByText('Saved').waitFor()
  await page.goto(address(`/chats/${world.botUserId}`))
  let from = world.eventCount()
  await more(page, 'Beacon')
  await page.getByRole('button', { name: 'Enter' }).click()
  expect(await world.waitForEvent('beacon', from)).toMatchObject({ beacon: { type: 'enter', hwid: 'd41d8cd98f' } })
  await more(page, 'Beacon')
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByText('The bot is not told: the current API does not know such an event.').waitFor()
  from = world.eventCount()
  await more(page, 'Beacon')
  await page.getByRole('button', { name: /A beacon is near/ }).click()
  expect(await world.waitForEvent('beacon', from)).toMatchObject({ beacon: { type: 'banner' } })
})

test('makes a group, mentions a member, and leaves; the other phone stands beside', async () => {
  const { page } = await world.openPage({ viewport: { width: 1280, height: 860 } })
  await page.goto(`${world.url}/phones?user=${world.userId}&user=${peer.userId}`)
  const brown = page.getByRole('region', { name: 'Brown’s phone' })
  const cony = page.getByRole('region', { name: 'Cony’s phone' })
  await brown.getByRole('link', { name: 'New group' }).click()
  await brown.getByLabel('Name', { exact: true }).fill('Island trip')
  await brown.getByRole('checkbox', { name: 'Cony' }).check()
  await brown.getByLabel('The bot').selectOption({ label: 'Hatoba Demo' })
  let from = world.eventCount()
  await brown.getByRole('button', { name: 'Make it' }).click()
  expect(await world.waitForEvent('join', from)).toMatchObject({ source: { type: 'group' } })

  from = world.eventCount()
  await cony.getByRole('button', { name: 'Join' }).click()
  expect(await world.waitForEvent('memberJoined', from)).toMatchObject({
    joined: { members: [{ userId: peer.userId }] },
  })
  await cony.getByRole('heading', { name: 'Island trip' }).waitFor()

  await brown.getByText('2 members').waitFor()
  from = world.eventCount()
  await field(brown as unknown as Page).pressSequentially('Hello @Co')
  await brown.getByRole('list', { name: 'Mention' }).getByRole('button', { name: /Cony/ }).click()
  await field(brown as unknown as Page).press('Enter')
  expect(await world.waitForEvent('message', from)).toMatchObject({
    message: { text: 'Hello @Cony', mention: { mentionees: [{ index: 6, length: 5, userId: peer.userId }] } },
  })
  await cony.getByText('@Cony').first().waitFor()

  from = world.eventCount()
  await cony.getByRole('link', { name: 'Chat menu' }).click()
  await cony.getByRole('button', { name: 'Leave the group' }).click()
  expect(await world.waitForEvent('memberLeft', from)).toMatchObject({ left: { members: [{ userId: peer.userId }] } })
})
