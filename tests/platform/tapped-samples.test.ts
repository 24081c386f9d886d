// What a user can do with the bot's messages of LINE's page of 2017: each region and button is tapped.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { BROWN, type JsonObject, OLD_BOT, type ProofWorld, startProofWorld } from './proof-world.ts'
import { readSample } from './samples.ts'

let world: ProofWorld
beforeAll(async () => {
  world = await startProofWorld(OLD_BOT)
})
afterAll(() => world.close())

const bearer = { authorization: `Bearer ${OLD_BOT.token}` }
const CHAT = `/users/${BROWN}/chats/${OLD_BOT.botUserId}/messages`

interface Tapped {
  action: string
  opened?: string
  /** What the bot was told. */
  told: JsonObject[]
}

async function pushed(sample: string): Promise<(place: JsonObject) => Promise<Tapped>> {
  const body = `{"to":"${BROWN}","messages":[${readSample(`send-message-object/${sample}`)}]}`
  expect((await world.platform.post('/v2/bot/message/push', body, bearer)).status).toBe(200)
  const { id } = (await world.platform.chat(BROWN, OLD_BOT.botUserId)).at(-1) ?? { id: '' }
  return async (place) => {
    let outcome: { action: string; opened?: string } = { action: '' }
    const told = await world.eventsOf(async () => {
      outcome = await world.act('POST', `${CHAT}/${id}/tap`, place)
    })
    const { action, opened } = outcome
    return { action, ...(opened !== undefined && { opened }), told }
  }
}

const saying = (text: string) => ({ action: 'message', told: [{ type: 'message', message: { type: 'text', text } }] })
const posting = (data: string) => ({ action: 'postback', told: [{ type: 'postback', postback: { data } }] })
const opening = (opened: string) => ({ action: 'uri', opened, told: [] })

it('opens the link of an imagemap on its left, and says its text on its right', async () => {
  verifies('line.overview.use-imagemap', 'line.imagemap.type', 'line.imagemap.action')
  const tap = await pushed('imagemap-message/imagemap-with-two-tappable-regions-on-the-left-and-the-right.json')
  expect(await tap({ x: 10, y: 10 })).toEqual(opening('https://example.com/'))
  expect(await tap({ x: 530, y: 1000 })).toMatchObject(saying('hello'))
})

it('takes an imagemap of another base width with a remark on the timeline', async () => {
  verifies('line.imagemap.base-width')
  const path = 'send-message-object/imagemap-message/imagemap-with-two-tappable-regions-on-the-left-and-the-right.json'
  const imagemap = { ...JSON.parse(readSample(path)), baseSize: { width: 1041, height: 1040 } }
  const { status } = await world.platform.post('/v2/bot/message/push', { to: BROWN, messages: [imagemap] }, bearer)
  expect(status).toBe(200)
  const { entries } = await world.act<{ entries: { notes?: string[] }[] }>('GET', '/timeline?limit=1000')
  const notes = entries.flatMap((entry) => entry.notes ?? [])
  expect(notes).toEqual(['messages[0].baseSize.width: LINE asks for 1040'])
})

it('does what the buttons of each template say', async () => {
  verifies('line.overview.use-template', 'line.template.type', 'line.template.buttons', 'line.template.confirm')
  verifies('line.template.carousel', 'line.template.image-carousel')
  const folder = 'template-messages'
  const buttons = await pushed(`${folder}/buttons/buttons-template-message-example.json`)
  expect(await buttons({ at: '/template/actions/1' })).toMatchObject(posting('action=add&itemid=123'))
  expect(await buttons({ at: '/template/actions/2' })).toEqual(opening('http://example.com/page/123'))
  const confirm = await pushed(`${folder}/confirm/confirm-template-message-example.json`)
  expect(await confirm({ at: '/template/actions/0' })).toMatchObject(saying('yes'))
  const carousel = await pushed(`${folder}/carousel/carousel-template-message-example.json`)
  expect(await carousel({ at: '/template/columns/1/actions/0' })).toMatchObject(posting('action=buy&itemid=222'))
  const images = await pushed(`${folder}/image-carousel/image-carousel-example.json`)
  expect(await images({ at: '/template/columns/0/action' })).toMatchObject(posting('action=buy&itemid=111'))
  expect(await images({ at: '/template/columns/1/action' })).toMatchObject(saying('yes'))
})

it.each([
  { type: 'postback', data: 'd' },
  { type: 'message', text: 't' },
  { type: 'uri', uri: 'https://example.com/' },
  { type: 'datetimepicker', data: 'd', mode: 'date' },
])('takes a label of 12 characters in an image carousel, and none of 13: $type', async (action) => {
  verifies('line.action.postback-label-max-12', 'line.action.message-label-max-12', 'line.action.uri-label-max-12')
  verifies('line.action.datetimepicker-label-max-12')
  const send = (label: string) => {
    const columns = [{ imageUrl: 'https://example.com/1.jpg', action: { ...action, label } }]
    const message = { type: 'template', altText: 'a', template: { type: 'image_carousel', columns } }
    return world.platform.post('/v2/bot/message/push', { to: BROWN, messages: [message] }, bearer)
  }
  expect((await send('twelve chars')).status).toBe(200)
  expect((await send('twelve chars!')).body).toEqual({
    message: 'A message (messages[0]) in the request body is invalid',
    details: [{ message: 'must not be longer than 12 characters', property: 'template/columns/0/action/label' }],
  })
})
