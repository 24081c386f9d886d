import { beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { jpeg } from '../testing/small-files.ts'
import { BOT, BROWN, OLD_BOT } from '../testing/start-test-platform.ts'
import { startUserAndBot, type UserAndBot } from '../testing/user-and-bot.ts'

let world: UserAndBot
beforeEach(async () => {
  world = await startUserAndBot(await startReceiver())
  return () => world.close()
})

const CHAT = `/users/${BROWN}/chats/${BOT.botUserId}/messages`
const OLD_CHAT = `/users/${BROWN}/chats/${OLD_BOT.botUserId}/messages`

const buttons = (...actions: object[]) => ({
  type: 'template',
  altText: 'alt',
  template: { type: 'buttons', text: 'text', actions },
})
const quickReply = (...actions: object[]) => ({
  type: 'text',
  text: 'choose',
  quickReply: { items: actions.map((action) => ({ type: 'action', action })) },
})
const label = 'label'

/** The bot sends the action as a button; the user taps it. */
async function tapButton(action: object, chosen: object = {}) {
  const id = await world.push([buttons(action)])
  return world.act(`${CHAT}/${id}/tap`, { at: '/template/actions/0', ...chosen })
}

describe('tapping', () => {
  it('a postback sends its data back unchanged, which can be replied to', async () => {
    verifies(
      'line.event.postback',
      'line.event.postback-reply-token',
      'line.event.postback-data',
      'line.event.postback-params',
      'line.action.postback',
    )
    const data = 'action=buy&itemid=123 🐻'
    const { body } = await tapButton({ type: 'postback', label, data })
    const event = world.event()
    expect(event).toMatchObject({ type: 'postback', postback: { data }, source: { type: 'user', userId: BROWN } })
    expect(event.postback).not.toHaveProperty('params')
    expect(body).toMatchObject({ action: 'postback', messages: [], webhookEventIds: [event.webhookEventId] })
    const { replyToken } = event
    const reply = await world.platform.post('/v2/bot/message/reply', {
      replyToken,
      messages: [{ type: 'text', text: 'x' }],
    })
    expect(reply.status).toBe(200)
  })

  it('a postback with a text sends that as a message of the user, too', async () => {
    verifies('line.action.postback-text')
    const { body } = await tapButton({ type: 'postback', label, data: 'd', text: 'Buy' })
    expect(body.messages).toMatchObject([{ message: { type: 'text', text: 'Buy' }, from: { id: BROWN } }])
    expect(world.events().map(({ type }) => type)).toEqual(['postback', 'message'])
  })

  it('a postback with a display text shows that as a bubble of which the bot hears nothing', async () => {
    const { body } = await tapButton({ type: 'postback', label, data: 'd', displayText: 'Bought' })
    expect(body.messages).toMatchObject([{ message: { type: 'text', text: 'Bought' } }])
    expect(world.event().type).toBe('postback')
  })

  it('a postback that opens the keyboard fills the input', async () => {
    const fill = { inputOption: 'openKeyboard', fillInText: 'Name: ' }
    const { body } = await tapButton({ type: 'postback', label, data: 'd', ...fill })
    expect(body).toMatchObject({ inputOption: 'openKeyboard', filledIn: 'Name: ' })
  })

  it('a message action sends its text as the user', async () => {
    verifies('line.action.message')
    await tapButton({ type: 'message', label, text: 'Yes' })
    expect(world.event()).toMatchObject({ type: 'message', message: { type: 'text', text: 'Yes' } })
  })

  it('a uri action opens its address, another one on a computer', async () => {
    verifies('line.action.uri')
    const action = { type: 'uri', label, uri: 'https://example.com/', altUri: { desktop: 'https://example.com/pc' } }
    expect((await tapButton(action)).body.opened).toBe('https://example.com/')
    expect((await tapButton(action, { device: 'desktop' })).body.opened).toBe('https://example.com/pc')
    expect((await tapButton({ type: 'uri', label, uri: 'tel:+81312345678' })).body.opened).toBe('tel:+81312345678')
    expect(world.events()).toEqual([])
  })

  it('a clipboard action copies', async () => {
    const { body } = await tapButton({ type: 'clipboard', label, clipboardText: '3B48740B' })
    expect(body.copied).toBe('3B48740B')
    expect(world.events()).toEqual([])
  })

  it.each([
    ['date', '2017-09-03', { date: '2017-09-03' }],
    ['time', '15:30', { time: '15:30' }],
    ['datetime', '2017-12-25T01:00', { datetime: '2017-12-25T01:00' }],
    ['datetime', '2017-12-25t01:00', { datetime: '2017-12-25T01:00' }],
  ])('a picker of the mode %s posts back %s', async (mode, value, params) => {
    verifies(
      'line.event.postback-params-date',
      'line.event.postback-params-time',
      'line.event.postback-params-datetime',
      'line.event.postback-params',
      'line.action.datetimepicker',
      'line.action.datetimepicker-mode-date',
      'line.action.datetimepicker-mode-time',
      'line.action.datetimepicker-mode-datetime',
    )
    await tapButton({ type: 'datetimepicker', label, data: 'd', mode }, { value })
    expect(world.event().postback).toEqual({ data: 'd', params })
  })

  it.each([
    [{ mode: 'date' }, undefined],
    [{ mode: 'date' }, '2017-02-30'],
    [{ mode: 'date' }, '15:30'],
    [{ mode: 'time' }, '24:00'],
    [{ mode: 'date', min: '2017-01-02' }, '2017-01-01'],
    [{ mode: 'date', max: '2017-01-02' }, '2017-01-03'],
    [{ mode: 'datetime', min: '2017-01-02t10:00' }, '2017-01-02T09:59'],
  ])('a picker %o does not take %s', async (picker, value) => {
    const { status } = await tapButton(
      { type: 'datetimepicker', label, data: 'd', ...picker },
      { ...(value && { value }) },
    )
    expect(status).toBe(409)
    expect(world.events()).toEqual([])
  })

  it('a picker takes its own min and max', async () => {
    const picker = { type: 'datetimepicker', label, data: 'd', mode: 'time', min: '10:00', max: '12:00' }
    for (const value of ['10:00', '12:00']) expect((await tapButton(picker, { value })).status).toBe(200)
  })

  it('an area of an imagemap does what it says, found by its place', async () => {
    verifies('line.imagemap.action', 'line.imagemap.uri-action', 'line.imagemap.message-action')
    const area = { y: 0, width: 520, height: 1040 }
    const id = await world.push([
      {
        type: 'imagemap',
        baseUrl: 'https://example.com/bot/images/rm001',
        altText: 'alt',
        baseSize: { width: 1040, height: 1040 },
        actions: [
          { type: 'uri', linkUri: 'https://example.com/', area: { x: 0, ...area } },
          { type: 'message', text: 'hello', area: { x: 520, ...area } },
        ],
      },
    ])
    expect((await world.done(`${CHAT}/${id}/tap`, { x: 519, y: 1039 })).opened).toBe('https://example.com/')
    await world.done(`${CHAT}/${id}/tap`, { x: 520, y: 0 })
    expect(world.event().message?.text).toBe('hello')
    expect((await world.act(`${CHAT}/${id}/tap`, { x: 1040, y: 0 })).status).toBe(409)
  })

  it('works in every template, and in a Flex Message', async () => {
    const action = { type: 'message', label: 'ok', text: 'tapped' }
    const column = { text: 't', actions: [action] }
    const template = (value: object) => ({ type: 'template', altText: 'alt', template: value })
    const image = { imageUrl: 'https://example.com/i.png', action }
    const places: [object, string][] = [
      [template({ type: 'confirm', text: 't', actions: [action, action] }), '/template/actions/1'],
      [template({ type: 'carousel', columns: [column, column] }), '/template/columns/1/actions/0'],
      [template({ type: 'image_carousel', columns: [image] }), '/template/columns/0/action'],
      [
        {
          type: 'flex',
          altText: 'alt',
          contents: {
            type: 'bubble',
            body: { type: 'box', layout: 'vertical', contents: [{ type: 'button', action }] },
          },
        },
        '/contents/body/contents/0/action',
      ],
    ]
    for (const [message, at] of places) {
      const id = await world.push([message])
      await world.done(`${CHAT}/${id}/tap`, { at })
      expect(world.event().message?.text).toBe('tapped')
    }
  })

  it('works in the shape of 2017', async () => {
    const action = { type: 'datetimepicker', label, data: 'storeId=12345', mode: 'datetime' }
    const id = await world.push([buttons(action)], { token: OLD_BOT.token })
    await world.done(`${OLD_CHAT}/${id}/tap`, { at: '/template/actions/0', value: '2017-12-25T01:00' })
    expect(world.event()).toEqual({
      type: 'postback',
      replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      source: { type: 'user', userId: BROWN },
      timestamp: world.platform.clock.now(),
      postback: { data: 'storeId=12345', params: { datetime: '2017-12-25T01:00' } },
    })
  })

  it('nothing, or what is no action, is refused', async () => {
    const id = await world.push([buttons({ type: 'message', label, text: 'x' })])
    for (const at of ['/template/actions/1', '/template', '/constructor', 'template', ''])
      expect((await world.act(`${CHAT}/${id}/tap`, { at })).status).toBeGreaterThanOrEqual(400)
    expect((await world.act(`${CHAT}/${id}/tap`, {})).status).toBe(400)
    expect((await world.act(`${CHAT}/99/tap`, { at: '/template/actions/0' })).status).toBe(404)
    expect(world.events()).toEqual([])
  })
})

describe('a quick reply', () => {
  const tap = (id: string, index: number, chosen: object = {}) =>
    world.act(`${CHAT}/${id}/tap`, { at: `/quickReply/items/${index}/action`, ...chosen })

  it('takes pictures and a place', async () => {
    const actions = ['camera', 'cameraRoll', 'location'].map((type) => ({ type, label }))
    const uploadIds = [await world.upload(jpeg(1, 1)), await world.upload(jpeg(2, 2))]
    const one = await world.push([quickReply(...actions)])
    expect((await tap(one, 0, { uploadIds })).status).toBe(409)
    expect((await tap(one, 0, { uploadIds: uploadIds.slice(1) })).body.messages).toHaveLength(1)
    expect(world.event().message?.type).toBe('image')
    const two = await world.push([quickReply(...actions)])
    expect((await tap(two, 1, { uploadIds })).body.messages).toHaveLength(2)
    expect(world.events()).toHaveLength(2)
    const three = await world.push([quickReply(...actions)])
    expect((await tap(three, 2)).status).toBe(409)
    await tap(three, 2, { location: { latitude: 35.6, longitude: 139.7, title: 'here' } })
    expect(world.event().message).toMatchObject({ type: 'location', latitude: 35.6, longitude: 139.7, title: 'here' })
  })

  it('is gone once another message has come', async () => {
    const id = await world.push([quickReply({ type: 'message', label, text: 'x' })])
    await world.push([{ type: 'text', text: 'later' }])
    expect((await tap(id, 0)).status).toBe(409)
  })
})
