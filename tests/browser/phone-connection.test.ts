// The phone when the platform is away: it says so, loses nothing, and comes back by itself.
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

const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const lost = (page: Page) => page.getByText('Connection lost. Reconnecting …')

test('says that the connection is lost, and shows what was missed once it is back', async () => {
  const { page } = await world.openPage()
  await page.goto(world.url)
  await page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ }).click()
  await page.getByText('Live', { exact: true }).waitFor()
  await world.pushText('before')
  await page.getByText('before', { exact: true }).waitFor()

  await world.stopPlatform()
  await lost(page).waitFor()
  await field(page).fill('into the void')
  await field(page).press('Enter')
  const failed = page.locator('.row', { hasText: 'into the void' })
  await failed.getByText('Not sent.').waitFor()

  await world.startPlatform()
  await world.pushText('while the page was away')
  await lost(page).waitFor({ state: 'detached' })
  await page.getByText('while the page was away', { exact: true }).waitFor()

  await failed.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('You said: into the void', { exact: true }).waitFor()
  expect(await page.getByText('into the void', { exact: true }).count()).toBe(1)
  expect(await page.getByText('before', { exact: true }).count()).toBe(1)
})

test('throws a text away that was not sent, on request', async () => {
  const { page } = await world.openPage()
  await page.goto(world.url)
  await page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ }).click()
  await field(page).waitFor()
  await page.route('**/messages', (route) =>
    route.fulfill({ status: 400, json: { message: 'body.text must be shorter.' } }),
  )
  await field(page).fill('too long')
  await field(page).press('Enter')
  const failed = page.locator('.row', { hasText: 'too long' })
  await failed.getByText('Not sent. body.text must be shorter.').waitFor()
  await failed.getByRole('button', { name: 'Discard' }).click()
  await failed.waitFor({ state: 'detached' })
})

test('says what went wrong where a list does not load, and tries again on request', async () => {
  const { page } = await world.openPage()
  let broken = true
  await page.route('**/chats', async (route) => {
    if (broken) await route.fulfill({ status: 500, json: { message: 'Internal server error' } })
    else await route.continue()
  })
  await page.goto(world.url)
  await page.getByRole('alert').getByText('Internal server error').waitFor()
  broken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('link', { name: /Hatoba Demo(?! 2017)/ }).waitFor()
})

test('leads back to the first user from the address of one who is gone', async () => {
  const { page } = await world.openPage()
  await page.goto(`${world.url}/users/U00000000000000000000000000000000`)
  await page.getByRole('link', { name: 'To the first user' }).click()
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/users/${world.userId}`)
})
