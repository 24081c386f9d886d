// That a claim is held against real HTTP. The routes are made up, so that nothing of this stands on the page.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { provesEffect } from './proves-effect.ts'

const server = createServer((request, response) => {
  response.writeHead(request.url?.startsWith('/broken') ? 500 : 200).end()
})
let url: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server's address
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const call = async (path: string, headers: Record<string, string> = {}) => (await fetch(url + path, { headers })).text()

it('stands where both were called, with whatever in place of the parameters', async () => {
  provesEffect('GET /things/{id}/parts', 'GET /shelf')
  provesEffect('GET /shelf', 'a webhook')
  await call('/things/7/parts?start=1')
  await call('/shelf')
  await call('/bot', { 'x-line-signature': 'signed' })
})

it.fails('falls where the operation was not called', async () => {
  provesEffect('GET /things/{id}', 'GET /shelf')
  await call('/shelf')
  await call('/things/7/parts')
})

it.fails('falls where its effect was not looked at', async () => {
  provesEffect('GET /things/{id}', 'GET /shelf')
  await call('/things/7')
})

it.fails('falls where a call did not go well', async () => {
  provesEffect('GET /broken', 'GET /shelf')
  await call('/broken')
  await call('/shelf')
})

it.fails('falls where only another test called', async () => {
  provesEffect('GET /things/{id}/parts', 'GET /shelf')
})

it('refuses to let an operation speak for itself', () => {
  expect(() => provesEffect('GET /shelf', 'GET /shelf')).toThrow('cannot show its own effect')
})
