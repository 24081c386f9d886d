// What people send as files, from LINE's webhook to the customer's callback and the link in it.
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Answer,
  type HttpReceiver,
  type Received,
  startReceiver,
} from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BROWN, CONY, lineEvent, startTestGateway, type TestGateway, textEvent } from '../testing/start-test-gateway.ts'

const DAY_MS = 24 * 3_600_000
const GIF = 'GIF89a a picture'
const MP4 = '\0\0\0\x18ftypmp42 a film'

let line: HttpReceiver
let customer: HttpReceiver
let test: TestGateway
let answer: (request: Received) => Answer | Promise<Answer>

const ok = (body: string, type = 'application/octet-stream'): Answer => ({
  status: 200,
  headers: { 'content-type': type },
  body,
})

beforeEach(async () => {
  answer = () => ok(GIF, 'image/gif')
  line = await startReceiver((request) => answer(request))
  customer = await startReceiver()
  test = await startTestGateway({ lineUrl: line.url, webhookTarget: customer.url })
})
afterEach(async () => {
  await test.close()
  await line.close()
  await customer.close()
})

let lastId = 0
const fileEvent = (userId: string, type: string, more: object = {}) => {
  lastId += 1
  const message = { id: `m${lastId}`, type, contentProvider: { type: 'line' }, ...more }
  return lineEvent(userId, { type: 'message', message })
}

const messages = () =>
  customer.received.map(({ rawBody }) => JSON.parse(rawBody).message).filter((message) => message !== undefined)
const contents = () => messages().map(({ contact_message }) => contact_message)

async function receive(event: Record<string, unknown>): Promise<string> {
  expect((await test.webhook([event])).status).toBe(200)
  await test.gateway.settle()
  const url = contents().at(-1)?.media_message?.url
  expect(url).toBeTypeOf('string')
  return url
}

describe('a picture of a person', () => {
  it("is told of in the form of Sinch's sample, with a link to the bytes that LINE had", async () => {
    verifies('sinch.inbound.media', 'sinch.inbound.media-url', 'sinch.inbound.media-thumbnail-url')
    const url = await receive(fileEvent(BROWN, 'image', { id: '42' }))
    expect(line.received.map(({ method, path, headers }) => [method, path, headers.authorization])).toEqual([
      ['GET', '/v2/bot/message/42/content', 'Bearer channel-access-token'],
    ])
    const sample = JSON.parse(
      await readFile('tests/fixtures/seeds/002/receiving-messages/example-media-mo.json', 'utf8'),
    )
    const [told] = messages()
    expect(Object.keys(told)).toEqual([...Object.keys(sample.message), 'processing_mode'])
    expect(Object.keys(told.contact_message.media_message)).toEqual(
      Object.keys(sample.message.contact_message.media_message),
    )
    expect(told.contact_message.media_message.thumbnail_url).toBe('')
    expect(new URL(url).pathname).toMatch(/^\/media\/[0-9A-HJKMNP-TV-Z]{26}\.gif$/)
    const file = await fetch(url)
    expect([file.status, Buffer.from(await file.arrayBuffer()).toString()]).toEqual([200, GIF])
    expect(file.headers.get('content-type')).toBe('image/gif')
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect(file.headers.get('content-security-policy')).toContain('sandbox')
    expect(file.headers.get('content-disposition')).toMatch(/^inline; /)
    const asked = await test.sinch('GET', `/messages/${told.id}`)
    expect(JSON.parse(await asked.text()).contact_message.media_message.url).toBe(url)
  })

  it('has a link for 7 days, and is deleted afterwards', async () => {
    verifies('sinch.inbound.media-url-7d')
    const url = await receive(fileEvent(BROWN, 'image'))
    const stored = async () =>
      (await readdir(join(test.dataDir, 'media'), { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      )
    await test.pass(7 * DAY_MS - 2000)
    expect((await fetch(url)).status).toBe(200)
    await test.pass(2000)
    const late = await fetch(url)
    expect([late.status, await late.json()]).toEqual([410, { message: 'The link expired.' }])
    expect(await stored()).toHaveLength(1)
    await test.pass(DAY_MS)
    await test.pass(3_600_000)
    expect(await stored()).toHaveLength(0)
  })

  it('is served in parts', async () => {
    const url = await receive(fileEvent(BROWN, 'image'))
    const part = async (range: string) => {
      const response = await fetch(url, { headers: { range } })
      return [response.status, response.headers.get('content-range'), await response.text()]
    }
    const size = Buffer.byteLength(GIF)
    expect(await part('bytes=-7')).toEqual([206, `bytes ${size - 7}-${size - 1}/${size}`, 'picture'])
    expect(await part(`bytes=${size - 7}-${size - 5}`)).toEqual([206, `bytes ${size - 7}-${size - 5}/${size}`, 'pic'])
    expect((await part('bytes=100-'))[0]).toBe(416)
    expect((await part('bytes=0-1,3-4'))[0]).toBe(200)
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(size), ''])
  })

  it('is served to nobody whose link is not exactly the one given', async () => {
    const url = await receive(fileEvent(BROWN, 'image'))
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const forged = new Set<string>()
    const { origin, pathname, search } = new URL(url)
    const tail = pathname.slice('/media/'.length) + search
    for (let at = 0; at < tail.length; at++) {
      for (const char of [alphabet[(at * 7) % 64], alphabet[(at * 13 + 5) % 64], '0', '9'])
        if (char !== undefined && char !== tail[at]) forged.add(tail.slice(0, at) + char + tail.slice(at + 1))
      forged.add(tail.slice(0, at) + tail.slice(at + 1))
      forged.add(tail.slice(0, at))
    }
    // In base64 the last character has bits that decode to nothing.
    for (const char of alphabet) if (!tail.endsWith(char)) forged.add(tail.slice(0, -1) + char)
    for (const more of ['&name=x', '&signature=x', '&expires=1', `&expires=${Date.now()}`]) forged.add(tail + more)
    expect(forged.size).toBeGreaterThan(600)
    const passed: string[] = []
    for (const link of forged) {
      const response = await fetch(`${origin}/media/${link}`)
      await response.arrayBuffer()
      if (![400, 403, 404].includes(response.status)) passed.push(`${response.status} ${link}`)
    }
    expect(passed).toEqual([])
  })
})

describe('other files of a person', () => {
  it.each([
    ['video', MP4, 'video/mp4', {}, 'mp4', 'video/mp4', 'inline'],
    ['audio', '\0\0\0\x18ftypM4A  a sound', 'audio/x-m4a', {}, 'm4a', 'audio/x-m4a', 'inline'],
    [
      'file',
      '%PDF-1.7',
      'application/pdf',
      { fileName: '見積 (1).pdf', fileSize: 8 },
      'pdf',
      'application/octet-stream',
      'attachment',
    ],
    [
      'file',
      '<script>alert(1)</script>',
      'text/html',
      { fileName: 'page.html', fileSize: 9 },
      'html',
      'application/octet-stream',
      'attachment',
    ],
    ['file', GIF, 'image/gif', { fileName: '../../evil".gif', fileSize: 9 }, 'gif', 'image/gif', 'attachment'],
  ])('are kept and served as what they are: %s %#', async (kind, body, type, more, extension, served, shown) => {
    answer = () => ok(body, type)
    const url = await receive(fileEvent(BROWN, kind, more))
    expect(new URL(url).pathname).toMatch(new RegExp(`\\.${extension}$`))
    const file = await fetch(url)
    expect([file.status, await file.text()]).toEqual([200, Buffer.from(body).toString()])
    expect(file.headers.get('content-type')).toBe(served)
    expect(file.headers.get('content-disposition')).toMatch(new RegExp(`^${shown}; filename="[^"/\\\\]+`))
  })

  it('keep their name for who saves them', async () => {
    answer = () => ok('%PDF')
    const file = await fetch(await receive(fileEvent(BROWN, 'file', { fileName: '見積.pdf', fileSize: 4 })))
    await file.arrayBuffer()
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="__.pdf"; filename*=UTF-8''${encodeURIComponent('見積.pdf')}`,
    )
  })

  it('are refused where the bytes are of no such kind', async () => {
    answer = () => ok('<html>', 'text/html')
    await test.webhook([fileEvent(BROWN, 'image')])
    await test.gateway.settle()
    expect(contents()[0].fallback_message.reason).toMatchObject({ code: 'MEDIA_TYPE_UNSUPPORTED' })
  })

  it('are copied from where a LIFF app keeps them', async () => {
    const originalContentUrl = `${line.url}/liff.gif`
    await receive(fileEvent(BROWN, 'image', { contentProvider: { type: 'external', originalContentUrl } }))
    expect(line.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([['/liff.gif', undefined]])
  })
})

it('tells of places with the keys of the sample', async () => {
  verifies(
    'sinch.inbound.location',
    'sinch.inbound.location-title',
    'sinch.inbound.location-latitude',
    'sinch.inbound.location-longitude',
    'sinch.inbound.location-label',
  )
  const message = { id: '1', type: 'location', title: 'Tower', address: '3 Place', latitude: 1.26, longitude: 103.8 }
  await test.webhook([lineEvent(BROWN, { type: 'message', message })])
  await test.gateway.settle()
  expect(JSON.stringify(contents()[0])).toBe(
    '{"location_message":{"title":"Tower","coordinates":{"latitude":1.26,"longitude":103.8},"label":"3 Place"}}',
  )
})

describe('a file that is not there', () => {
  it.each([404, 410])('is told of as missing, with what LINE said of it: %i', async (status) => {
    answer = () => ({ status, body: '{"message":"gone"}' })
    await test.webhook([fileEvent(BROWN, 'image', { id: 'lost' })])
    await test.gateway.settle()
    const [{ fallback_message: fallback }] = contents()
    expect(fallback.reason).toEqual({
      code: 'MEDIA_NOT_REACHABLE',
      description: `The file is not there any more: status ${status}.`,
      sub_code: 'UNSPECIFIED_SUB_CODE',
    })
    expect(JSON.parse(fallback.raw_message).events[0].message.id).toBe('lost')
  })

  it('is waited for while LINE prepares it', async () => {
    const states = ['processing', 'processing', 'succeeded']
    answer = ({ path }) => {
      if (path.endsWith('/transcoding')) return ok(JSON.stringify({ status: states.shift() }))
      return states.length === 0 ? ok(MP4) : { status: 202 }
    }
    await test.webhook([fileEvent(BROWN, 'video')])
    for (let i = 0; i < 8; i++) await test.pass(8000)
    expect(contents()[0]?.media_message.url).toContain('.mp4')
  })

  it('is given up where LINE could not prepare it', async () => {
    answer = ({ path }) => (path.endsWith('/transcoding') ? ok('{"status":"failed"}') : { status: 202 })
    await test.webhook([fileEvent(BROWN, 'audio')])
    await test.gateway.settle()
    expect(contents()[0].fallback_message.reason.description).toBe('LINE could not prepare the file.')
  })

  it('is asked for again after an error, and given up after an hour', async () => {
    let calls = 0
    answer = () => ({ status: ++calls > 3 ? 200 : 500, body: GIF })
    await test.webhook([fileEvent(BROWN, 'image')])
    for (let i = 0; i < 4; i++) await test.pass(20_000)
    expect(contents()[0]?.media_message.url).toContain('.gif')
    answer = () => ({ status: 500 })
    await test.webhook([fileEvent(BROWN, 'image')])
    for (let i = 0; i < 70; i++) await test.pass(60_000)
    expect(contents()[1]?.fallback_message.reason.code).toBe('MEDIA_NOT_REACHABLE')
  })
})

it('holds up the same person only, in order', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  answer = async () => {
    await held
    return ok(GIF)
  }
  await test.webhook([fileEvent(BROWN, 'image'), textEvent(BROWN, 'after'), textEvent(CONY, 'meanwhile')])
  await customer.waitFor(({ rawBody }) => rawBody.includes('meanwhile'))
  expect(contents()).toEqual([{ text_message: { text: 'meanwhile' } }])
  release()
  await test.gateway.settle()
  expect(
    contents()
      .slice(1)
      .map((content) => Object.keys(content)[0]),
  ).toEqual(['media_message', 'text_message'])
})

it('loses no file with the process, and copies it once', async () => {
  const bytes = GIF + randomBytes(500).toString('hex')
  let calls = 0
  answer = async () => {
    calls += 1
    if (calls === 1) await delay(60_000, undefined, { ref: false })
    return ok(bytes)
  }
  await test.webhook([fileEvent(BROWN, 'image')])
  await line.waitFor(({ path }) => path.endsWith('/content'))
  const first = test
  await first.gateway.close()
  const earlier = { dataDir: first.dataDir, demo: first.demo }
  test = await startTestGateway({ lineUrl: line.url, webhookTarget: customer.url, earlier, clock: first.clock })
  await test.pass(5000)
  expect(contents()).toHaveLength(1)
  const url = contents()[0].media_message.url.replace(/^http:\/\/[^/]+/, test.gateway.url)
  expect(await (await fetch(url)).text()).toBe(Buffer.from(bytes).toString())
  const files = await readdir(join(test.dataDir, 'media'), { recursive: true, withFileTypes: true })
  expect(files.filter((entry) => entry.isFile())).toHaveLength(1)
})
