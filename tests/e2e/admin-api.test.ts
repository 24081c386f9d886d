// The admin API over real HTTP, against the gateway with the platform as its LINE.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN_ROUTES } from '../../packages/server/src/gateway/admin/routes.ts'
import { type HttpReceiver, startReceiver } from '../testkit/http-receiver.ts'
import { startStack, type TestStack } from '../testkit/start-stack.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of many shapes
type Json = any

interface Answer {
  status: number
  body: Json
}

let test: TestStack
let customer: HttpReceiver
let owner: string
const seen: string[] = []

beforeAll(async () => {
  customer = await startReceiver()
  test = await startStack()
  await test.stack.pointDemoCustomer(customer.url)
  owner = test.gateway.adminKey
})
afterAll(async () => {
  await test.close()
  await customer.close()
})

async function call(method: string, path: string, body?: unknown, key: string | null = owner): Promise<Answer> {
  const answer = await fetch(`${test.gateway.url}/admin/v1${path}`, {
    method,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  seen.push(text)
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function make(path: string, body: unknown): Promise<Json> {
  const answer = await call('POST', path, body)
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}

/** The first word of each error is its code; the field, where it is about one, stands behind it. */
const short = ({ status, body }: Answer) => [status, body?.error?.code, body?.error?.field].filter(Boolean).join(' ')

/** The channel of the platform's demo that the demo app does not stand on. */
const freeChannel = () => {
  const [, other] = test.platform.channels
  if (other === undefined) throw new Error('the demo has two channels')
  return other
}

async function makeApp(name: string): Promise<{ projectId: string; appId: string }> {
  const { projectId } = await make('/projects', { name })
  const { appId } = await make('/apps', { projectId, displayName: name })
  return { projectId, appId }
}

describe('who may call', () => {
  it('nobody without an admin key, whatever the path, and no other key', async () => {
    for (const { method, path } of ADMIN_ROUTES)
      for (const key of [null, 'wrong', test.gateway.apiKey, test.gateway.keySecret])
        expect(short(await call(method, path, undefined, key))).toBe('401 unauthenticated')
    expect(short(await call('GET', '/nothing', undefined, null))).toBe('401 unauthenticated')
    expect(short(await call('GET', '/nothing'))).toBe('404 not_found')
  })

  it('a viewer reads everything and changes nothing', async () => {
    const viewer = await make('/keys', { use: 'admin', role: 'viewer', name: 'auditor' })
    for (const { method, path } of ADMIN_ROUTES) {
      const answer = await call(method, path, method === 'GET' ? undefined : {}, viewer.secret)
      if (method === 'GET') expect([200, 404]).toContain(answer.status)
      else expect(short(answer)).toBe('403 forbidden')
    }
    expect((await call('GET', '/me', undefined, viewer.secret)).body).toEqual({ keyId: viewer.keyId, role: 'viewer' })
  })

  it('a key no longer, once it is disabled or deleted', async () => {
    const key = await make('/keys', { use: 'admin', role: 'owner' })
    const me = () => call('GET', '/me', undefined, key.secret)
    expect((await me()).status).toBe(200)
    expect((await call('PATCH', `/keys/${key.keyId}`, { enabled: false })).body.enabled).toBe(false)
    expect((await me()).status).toBe(401)
    await call('PATCH', `/keys/${key.keyId}`, { enabled: true })
    expect((await me()).status).toBe(200)
    expect((await call('DELETE', `/keys/${key.keyId}`)).status).toBe(204)
    expect((await me()).status).toBe(401)
    expect((await call('GET', `/keys/${key.keyId}`)).status).toBe(404)
  })

  it('the last owner key can be neither disabled nor deleted', async () => {
    const { keyId } = (await call('GET', '/me')).body
    expect(short(await call('PATCH', `/keys/${keyId}`, { enabled: false }))).toBe('409 conflict')
    expect(short(await call('DELETE', `/keys/${keyId}`))).toBe('409 conflict')
    expect((await call('GET', '/me')).status).toBe(200)
  })
})

describe('projects and apps', () => {
  it('are made, listed page by page, changed and deleted', async () => {
    const { projectId } = await make('/projects', { name: 'Ferries' })
    const apps = []
    for (const displayName of ['a', 'b', 'c']) apps.push(await make('/apps', { projectId, displayName }))
    const first = (await call('GET', `/apps?projectId=${projectId}&limit=2`)).body
    const second = (await call('GET', `/apps?projectId=${projectId}&limit=2&after=${first.next}`)).body
    expect([...first.items, ...second.items]).toEqual(apps)
    expect(second).not.toHaveProperty('next')
    const [{ appId, sinchAppId, subAccountId }] = apps
    expect(subAccountId).toBe(sinchAppId)
    const change = {
      displayName: 'A',
      subAccountId: 'ferry_a&b.c-d',
      retryDurationSeconds: 60,
      replyTokenSaving: true,
      multicastCoalescing: true,
      allowDuplicates: true,
    }
    expect((await call('PATCH', `/apps/${appId}`, change)).body).toMatchObject(change)
    expect((await call('GET', `/apps/${sinchAppId}`)).body).toMatchObject({ ...change, appId })
    expect((await call('PATCH', `/projects/${projectId}`, { name: 'Boats' })).body.name).toBe('Boats')
    expect((await call('GET', `/projects/${projectId}`)).body.name).toBe('Boats')
    expect(short(await call('DELETE', `/projects/${projectId}`))).toBe('409 conflict')
    for (const app of apps) expect((await call('DELETE', `/apps/${app.appId}`)).status).toBe(204)
    expect((await call('DELETE', `/projects/${projectId}`)).status).toBe(204)
    expect((await call('GET', `/projects/${projectId}`)).status).toBe(404)
  })

  it('keep the sub-account id unique in a project, and only there', async () => {
    const one = await make('/projects', { name: 'one' })
    const two = await make('/projects', { name: 'two' })
    const body = { displayName: 'x', subAccountId: 'shop' }
    await make('/apps', { projectId: one.projectId, ...body })
    expect(short(await call('POST', '/apps', { projectId: one.projectId, ...body }))).toBe('409 conflict subAccountId')
    const { appId } = await make('/apps', { projectId: one.projectId, displayName: 'y' })
    expect(short(await call('PATCH', `/apps/${appId}`, { subAccountId: 'shop' }))).toBe('409 conflict subAccountId')
    await make('/apps', { projectId: two.projectId, ...body })
  })
})

describe('keys of customers', () => {
  it('open the Conversation API, and the 8x8 API for the sub-accounts that they are limited to', async () => {
    const { projectId, appId } = await makeApp('Keys')
    const other = await make('/apps', { projectId, displayName: 'Other' })
    const sinch = await make('/keys', { use: 'sinch', projectId })
    const token = await fetch(`${test.gateway.url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${sinch.keyId}:${sinch.secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    expect(token.status).toBe(200)
    const limited = await make('/keys', { use: '8x8', projectId, appIds: [appId] })
    const wide = await make('/keys', { use: '8x8', projectId })
    expect([limited.appIds, wide.appIds]).toEqual([[appId], 'all'])
    const { subAccountId } = (await call('GET', `/apps/${appId}`)).body
    const send = async (account: string, key: string) => {
      const answer = await fetch(`${test.gateway.url}/api/v1/subaccounts/${account}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          user: { lineUserId: test.platform.userId },
          type: 'Text',
          content: { text: 'x' },
        }),
      })
      return ((await answer.json()) as { code?: number }).code
    }
    // 3027: let in, though no LINE channel is there yet; 1001: not this key's sub-account.
    expect(await send(subAccountId, limited.secret)).toBe(3027)
    expect(await send(other.subAccountId, limited.secret)).toBe(1001)
    expect(await send(other.subAccountId, wide.secret)).toBe(3027)
    await call('PATCH', `/keys/${limited.keyId}`, { appIds: [other.appId] })
    expect(await send(subAccountId, limited.secret)).toBe(1001)
    expect(await send(other.subAccountId, limited.secret)).toBe(3027)
  })
})

describe('LINE channels', () => {
  it('are refused at once with LINE’s reason where secret, token or id are wrong', async () => {
    const { appId } = await makeApp('Wrong')
    const { channelId, channelSecret, channelAccessToken } = freeChannel()
    const wrong = async (body: object) => {
      const { status, body: answer } = await call('POST', '/line-channels', { appId, ...body })
      return [status, answer.error.field, answer.error.message]
    }
    const secret = ['f', ...channelSecret.slice(1)].join('') === channelSecret ? 'e' : 'f'
    const wrongSecret = `${secret}${channelSecret.slice(1)}`
    const invalid = [422, 'channelSecret', "LINE refused this: Invalid 'client_credentials'."]
    expect(await wrong({ channelSecret: wrongSecret, channelAccessToken })).toEqual(invalid)
    expect(await wrong({ channelSecret: wrongSecret, channelId })).toEqual(invalid)
    expect(await wrong({ channelSecret, channelAccessToken: 'nobodys' })).toEqual([
      422,
      'channelAccessToken',
      'LINE refused this: access_token invalid',
    ])
    expect((await wrong({ channelSecret, channelAccessToken, channelId: '123' })).slice(0, 2)).toEqual([
      422,
      'channelId',
    ])
    expect((await call('GET', `/line-channels?appId=${appId}`)).body.items).toEqual([])
  })

  it('stand in one app each, by token and secret or by id and secret, and work from then on', async () => {
    const { appId, projectId } = await makeApp('Right')
    const other = await makeApp('Late')
    const { channelId, channelSecret, channelAccessToken, botUserId } = freeChannel()
    const byToken = { channelSecret, channelAccessToken }
    const channel = await make('/line-channels', { appId, ...byToken, setWebhook: true })
    expect(channel).toMatchObject({
      appId,
      channelId,
      botUserId,
      credentials: 'token-and-secret',
      webhookUrl: `${test.gateway.url}/line/webhooks/${channel.id}`,
      webhookOnLine: { kind: 'set' },
      lineApiUrl: test.platform.url,
    })
    expect(short(await call('POST', '/line-channels', { appId: other.appId, ...byToken }))).toBe(
      '409 conflict channelId',
    )
    expect(short(await call('POST', '/line-channels', { appId, ...byToken }))).toBe('409 conflict appId')

    const change = await call('PATCH', `/line-channels/${channel.id}`, { channelAccessToken: null })
    expect(change.body.credentials).toBe('id-and-secret')
    const { secret: apiKey } = await make('/keys', { use: '8x8', projectId })
    const { subAccountId } = (await call('GET', `/apps/${appId}`)).body
    const sent = await fetch(`${test.gateway.url}/api/v1/subaccounts/${subAccountId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user: { lineUserId: test.platform.userId }, type: 'Text', content: { text: 'ahoy' } }),
    })
    const { umid } = (await sent.json()) as { umid: string }
    await test.settle()
    expect((await call('GET', `/apps/${appId}/messages/${umid}`)).body).toMatchObject({
      state: 'sent',
      attempts: [{ outcome: 'taken', status: 200 }],
    })

    expect((await call('DELETE', `/line-channels/${channel.id}`)).status).toBe(204)
    const byId = await make('/line-channels', { appId: other.appId, channelId, channelSecret, profile: '2017' })
    expect(byId).toMatchObject({ channelId, credentials: 'id-and-secret', profile: '2017' })
    await call('DELETE', `/line-channels/${byId.id}`)
  })
})

describe('webhooks', () => {
  it('are told what they ask for while they are enabled', async () => {
    const { items } = (await call('GET', '/projects')).body
    const project = items.find(({ projectId }: Json) => projectId === test.gateway.projectId)
    const [app] = (await call('GET', `/apps?projectId=${project.projectId}`)).body.items
    const target = `${customer.url}/second`
    const webhook = await make('/webhooks', {
      appId: app.appId,
      target,
      triggers: ['MESSAGE_INBOUND'],
      secret: 'planted-7',
    })
    expect(webhook).toMatchObject({ dialect: 'sinch', hasSecret: true, enabled: true, triggers: ['MESSAGE_INBOUND'] })
    const told = async (text: string) => {
      await test.phone.send(text)
      await test.settle()
      return customer.received.filter(({ path, rawBody }) => path === '/second' && rawBody.includes(text)).length
    }
    expect(await told('one')).toBe(1)
    await call('PATCH', `/webhooks/${webhook.webhookId}`, { enabled: false })
    expect(await told('two')).toBe(0)
    await call('PATCH', `/webhooks/${webhook.webhookId}`, { enabled: true, secret: null })
    expect(await told('three')).toBe(1)
    expect((await call('GET', `/webhooks/${webhook.webhookId}`)).body.hasSecret).toBe(false)
    const twice = { appId: app.appId, target, triggers: ['OPT_IN'] }
    expect(short(await call('POST', '/webhooks', twice))).toBe('409 conflict target')
    expect((await call('DELETE', `/webhooks/${webhook.webhookId}`)).status).toBe(204)
    expect(await told('four')).toBe(0)
  })

  it('may point at this machine in the demo project only', async () => {
    const { appId } = await makeApp('Outside')
    const bad = [
      'http://localhost/x',
      'http://localhost./x',
      'http://a.localhost/',
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://10.0.0.1/',
      'https://user:pass@example.com/',
      'ftp://example.com/',
      '//example.com',
      `https://example.com/${'a'.repeat(742)}`,
    ]
    for (const target of bad)
      expect([target, short(await call('POST', '/webhooks', { appId, target, triggers: ['OPT_IN'] }))]).toEqual([
        target,
        '400 invalid target',
      ])
    const eight = { appId, dialect: '8x8', target: 'https://example.com/hook?key=planted-8', triggers: ['MSG', 'CADR'] }
    expect(await make('/webhooks', eight)).toMatchObject({ dialect: '8x8', triggers: ['MSG', 'CADR'] })
  })

  it('are at most five of an app', async () => {
    const { appId } = await makeApp('Many')
    for (let n = 0; n < 5; n++)
      await make('/webhooks', { appId, target: `https://example.com/${n}`, triggers: ['OPT_IN'] })
    const sixth = { appId, target: 'https://example.com/6', triggers: ['OPT_IN'] }
    expect(short(await call('POST', '/webhooks', sixth))).toBe('409 conflict')
  })
})

describe('a look at what runs', () => {
  it('shows contacts, conversations and one message’s whole life', async () => {
    const app = `/apps/${test.gateway.appId}`
    await test.phone.send('is the ferry on time?')
    await test.settle()
    const { items: contacts } = (await call('GET', `${app}/contacts?identity=${test.platform.userId}`)).body
    expect(contacts).toMatchObject([{ identities: [{ channel: 'LINE', identity: test.platform.userId }] }])
    const [{ contactId }] = contacts
    expect((await call('GET', `${app}/contacts/${contactId}`)).body).toEqual(contacts[0])
    const { items: conversations } = (await call('GET', `${app}/conversations?contactId=${contactId}`)).body
    const [{ conversationId }] = conversations
    expect((await call('GET', `${app}/conversations/${conversationId}`)).body).toEqual(conversations[0])
    const { items: messages } = (await call('GET', `${app}/conversations/${conversationId}/messages?limit=1`)).body
    expect(messages).toMatchObject([{ direction: 'inbound', content: { kind: 'text', text: 'is the ferry on time?' } }])
    const life = (await call('GET', `${app}/messages/${messages[0].messageId}`)).body
    expect(life).toMatchObject({
      state: 'received',
      northbound: { contact_message: { text_message: { text: 'is the ferry on time?' } } },
      line: { type: 'message', message: { type: 'text', text: 'is the ferry on time?' } },
      attempts: [],
      callbacks: [{ trigger: 'MESSAGE_INBOUND', state: 'delivered', attempts: [{ attempt: 1, status: 200 }] }],
    })
    const sent = await fetch(`${test.gateway.url}/api/v1/subaccounts/${test.gateway.subAccountId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.gateway.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user: { lineUserId: test.platform.userId }, type: 'Text', content: { text: 'it is' } }),
    })
    const { umid } = (await sent.json()) as { umid: string }
    await test.settle()
    expect((await call('GET', `${app}/messages/${umid}`)).body).toMatchObject({
      direction: 'outbound',
      state: 'sent',
      dialect: '8x8',
      northbound: { app_message: { text_message: { text: 'it is' } } },
      line: { to: test.platform.userId, messages: [{ type: 'text', text: 'it is' }] },
      attempts: [{ attempt: 1, outcome: 'taken', status: 200, lineRequestId: expect.any(String) }],
      callbacks: [{ trigger: 'MESSAGE_DELIVERY', state: 'delivered' }],
    })
  })

  it('finds nothing under another app', async () => {
    const { appId } = await makeApp('Stranger')
    const app = `/apps/${test.gateway.appId}`
    const [contact] = (await call('GET', `${app}/contacts`)).body.items
    const [conversation] = (await call('GET', `${app}/conversations`)).body.items
    const messages = `conversations/${conversation.conversationId}/messages`
    const [message] = (await call('GET', `${app}/${messages}`)).body.items
    const foreign = [`contacts/${contact.contactId}`, `conversations/${conversation.conversationId}`, messages]
    for (const path of [...foreign, `messages/${message.messageId}`])
      expect(short(await call('GET', `/apps/${appId}/${path}`))).toBe('404 not_found')
  })
})

describe('input', () => {
  const strangers = ['00000000-0000-7000-8000-000000000000', 'nonsense', '%00', "'", 'a'.repeat(90)]

  it('answers 404 to every path with an id that nobody has', async () => {
    for (const { method, path } of ADMIN_ROUTES.filter((route) => route.path.includes(':')))
      for (const id of strangers) {
        const answer = await call(method, path.replace(/:\w+/g, id), method === 'PATCH' ? {} : undefined)
        expect([method, path, id, short(answer)]).toEqual([method, path, id, '404 not_found'])
      }
  })

  it('answers 400 with the field to every list with a bad query', async () => {
    const app = test.gateway.appId
    const [conversation] = (await call('GET', `/apps/${app}/conversations`)).body.items
    const lists = [
      '/projects',
      '/keys',
      '/apps',
      '/line-channels',
      '/webhooks',
      '/audit-log',
      `/apps/${app}/contacts`,
      `/apps/${app}/conversations`,
      `/apps/${app}/conversations/${conversation.conversationId}/messages`,
    ]
    for (const path of lists) {
      for (const limit of ['0', '201', '-1', '1.5', 'x', ''])
        expect(short(await call('GET', `${path}?limit=${limit}`))).toBe('400 invalid limit')
      expect(short(await call('GET', `${path}?limit=1&limit=2`))).toBe('400 invalid limit')
      expect(short(await call('GET', `${path}?colour=red`))).toBe('400 invalid colour')
      if (path !== '/keys') expect(short(await call('GET', `${path}?after=x`))).toBe('400 invalid after')
    }
    expect(short(await call('GET', '/keys?use=other'))).toBe('400 invalid use')
    expect(short(await call('GET', '/apps?projectId=x'))).toBe('400 invalid projectId')
  })

  it('answers 400 with the field to every body that is wrong', async () => {
    const { projectId, appId } = await makeApp('Strict')
    const { keyId } = await make('/keys', { use: 'sinch', projectId })
    const { webhookId } = await make('/webhooks', { appId, target: 'https://example.com/', triggers: ['OPT_IN'] })
    const hook = { appId, target: 'https://example.com/other', triggers: ['OPT_IN'] }
    const channel = { appId, channelId: '1', channelSecret: 's' }
    const stranger = strangers[0]
    const cases: [string, string, unknown, string][] = [
      ['POST', '/projects', {}, 'name'],
      ['POST', '/projects', { name: 1 }, 'name'],
      ['POST', '/projects', { name: '' }, 'name'],
      ['POST', '/projects', { name: 'x'.repeat(101) }, 'name'],
      ['POST', '/projects', { name: 'a\u0000b' }, 'name'],
      ['POST', '/projects', { name: 'x', colour: 'red' }, 'colour'],
      ['PATCH', `/projects/${projectId}`, { name: null }, 'name'],
      ['POST', '/apps', { displayName: 'x' }, 'projectId'],
      ['POST', '/apps', { projectId }, 'displayName'],
      ['POST', '/apps', { projectId: stranger, displayName: 'x' }, 'projectId'],
      ['POST', '/apps', { projectId, displayName: 'x', subAccountId: 'ab' }, 'subAccountId'],
      ['POST', '/apps', { projectId, displayName: 'x', subAccountId: 'a b c' }, 'subAccountId'],
      ['POST', '/apps', { projectId, displayName: 'x', subAccountId: 'x'.repeat(51) }, 'subAccountId'],
      ['PATCH', `/apps/${appId}`, { retryDurationSeconds: -1 }, 'retryDurationSeconds'],
      ['PATCH', `/apps/${appId}`, { retryDurationSeconds: 86_401 }, 'retryDurationSeconds'],
      ['PATCH', `/apps/${appId}`, { retryDurationSeconds: 1.5 }, 'retryDurationSeconds'],
      ['PATCH', `/apps/${appId}`, { replyTokenSaving: 1 }, 'replyTokenSaving'],
      ['PATCH', `/apps/${appId}`, { projectId }, 'projectId'],
      ['POST', '/keys', {}, 'use'],
      ['POST', '/keys', { use: 'root' }, 'use'],
      ['POST', '/keys', { use: 'admin' }, 'role'],
      ['POST', '/keys', { use: 'admin', role: 'king' }, 'role'],
      ['POST', '/keys', { use: 'admin', role: 'owner', projectId }, 'projectId'],
      ['POST', '/keys', { use: 'sinch' }, 'projectId'],
      ['POST', '/keys', { use: 'sinch', projectId: stranger }, 'projectId'],
      ['POST', '/keys', { use: 'sinch', projectId, role: 'owner' }, 'role'],
      ['POST', '/keys', { use: 'sinch', projectId, appIds: [appId] }, 'appIds'],
      ['POST', '/keys', { use: '8x8', projectId, appIds: 'all' }, 'appIds'],
      ['POST', '/keys', { use: '8x8', projectId, appIds: [1] }, 'appIds'],
      ['POST', '/keys', { use: '8x8', projectId, appIds: [test.gateway.appId] }, 'appIds'],
      ['PATCH', `/keys/${keyId}`, { enabled: 'no' }, 'enabled'],
      ['PATCH', `/keys/${keyId}`, { appIds: [appId] }, 'appIds'],
      ['PATCH', `/keys/${keyId}`, { secret: 'mine' }, 'secret'],
      ['POST', '/line-channels', { ...channel, appId: undefined }, 'appId'],
      ['POST', '/line-channels', { ...channel, appId: stranger }, 'appId'],
      ['POST', '/line-channels', { ...channel, channelId: 'abc' }, 'channelId'],
      ['POST', '/line-channels', { ...channel, channelId: undefined }, 'channelId'],
      ['POST', '/line-channels', { ...channel, channelSecret: undefined }, 'channelSecret'],
      ['POST', '/line-channels', { ...channel, channelSecret: 'ä' }, 'channelSecret'],
      ['POST', '/line-channels', { ...channel, channelAccessToken: 'a b' }, 'channelAccessToken'],
      ['POST', '/line-channels', { ...channel, profile: '2016' }, 'profile'],
      ['POST', '/line-channels', { ...channel, lineApiUrl: 'http://evil.example' }, 'lineApiUrl'],
      ['POST', '/webhooks', { ...hook, appId: stranger }, 'appId'],
      ['POST', '/webhooks', { ...hook, target: undefined }, 'target'],
      ['POST', '/webhooks', { ...hook, triggers: undefined }, 'triggers'],
      ['POST', '/webhooks', { ...hook, triggers: [] }, 'triggers'],
      ['POST', '/webhooks', { ...hook, triggers: ['MSG'] }, 'triggers'],
      ['POST', '/webhooks', { ...hook, dialect: '8x8' }, 'triggers'],
      ['POST', '/webhooks', { ...hook, dialect: 'twilio' }, 'dialect'],
      ['POST', '/webhooks', { ...hook, secret: 'x'.repeat(257) }, 'secret'],
      ['PATCH', `/webhooks/${webhookId}`, { target: 'http://localhost/' }, 'target'],
      ['PATCH', `/webhooks/${webhookId}`, { triggers: ['UNSPECIFIED_TRIGGER'] }, 'triggers'],
      ['PATCH', `/webhooks/${webhookId}`, { appId }, 'appId'],
    ]
    for (const [method, path, body, field] of cases) {
      const answer = short(await call(method, path, body))
      expect([method, path, body, answer]).toEqual([method, path, body, `400 invalid ${field}`])
    }
  })

  it('answers in its own form to what is no JSON, too large or of another type', async () => {
    for (const { method, path } of ADMIN_ROUTES.filter((route) => route.method === 'POST')) {
      expect(short(await call(method, path, '{"name":'))).toBe('400 invalid')
      expect(short(await call(method, path, '[]'))).toBe('400 invalid')
      expect(short(await call(method, path))).toBe('400 invalid')
      expect(short(await call(method, path, { name: 'x'.repeat(70_000) }))).toBe('413 too_large')
      expect(short(await call(method, path, `${'['.repeat(60)}${']'.repeat(60)}`))).toBe('400 invalid')
      const typed = await fetch(`${test.gateway.url}/admin/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${owner}`, 'content-type': 'text/xml' },
        body: '<name/>',
      })
      expect(((await typed.json()) as Json).error.code).toBe('media_type')
    }
    const unreadable = await fetch(`${test.gateway.url}/admin/v1/projects/%zz`)
    expect([unreadable.status, ((await unreadable.json()) as Json).error.code]).toEqual([400, 'invalid'])
  })
})

describe('the audit log', () => {
  it('tells who changed what and when, newest first, page by page', async () => {
    const { keyId } = (await call('GET', '/me')).body
    const { projectId } = await make('/projects', { name: 'Watched' })
    await call('PATCH', `/projects/${projectId}`, { name: 'Seen' })
    const path = `/audit-log?projectId=${projectId}&limit=1`
    const newest = (await call('GET', path)).body
    const older = (await call('GET', `${path}&after=${newest.next}`)).body
    expect([...newest.items, ...older.items]).toMatchObject([
      { keyId, action: 'project.update', targetId: projectId, detail: { name: 'Seen' }, at: expect.any(String) },
      { keyId, action: 'project.create', targetId: projectId, detail: { name: 'Watched' } },
    ])
  })

  it('is not written where nothing was changed', async () => {
    const count = async () => (await call('GET', '/audit-log?limit=200')).body.items.length
    const before = await count()
    await call('POST', '/projects', {})
    await call('DELETE', `/projects/${test.gateway.projectId}`)
    expect(await count()).toBe(before)
  })
})

describe('secrets', () => {
  it('are in no answer after the one that made them, nor in the audit log or the database', async () => {
    const { appId, projectId } = await makeApp('Secrets')
    const { channelSecret, channelAccessToken } = freeChannel()
    const made = [
      (await make('/keys', { use: 'admin', role: 'viewer' })).secret,
      (await make('/keys', { use: 'sinch', projectId })).secret,
      (await make('/keys', { use: '8x8', projectId })).secret,
    ]
    const answersBefore = seen.length
    const { id } = await make('/line-channels', { appId, channelSecret, channelAccessToken })
    const webhook = { appId, target: 'https://example.com/?key=planted-9', triggers: ['OPT_IN'], secret: 'planted-10' }
    const { webhookId } = await make('/webhooks', webhook)
    await call('PATCH', `/webhooks/${webhookId}`, { secret: 'planted-11' })
    await call('PATCH', `/line-channels/${id}`, { channelSecret: 'planted-12', channelAccessToken: 'planted-13' })
    await call('POST', '/webhooks', { ...webhook, target: 'nothing', secret: 'planted-14' })
    for (const { method, path } of ADMIN_ROUTES.filter((route) => route.method === 'GET'))
      await call(method, path.replace(':appId', appId).replace(':projectId', projectId).replace(':id', id))
    const answers = seen.slice(answersBefore).join('\n')
    const log = JSON.stringify((await call('GET', '/audit-log?limit=200')).body)
    const planted = [
      'planted-10',
      'planted-11',
      'planted-12',
      'planted-13',
      'planted-14',
      channelSecret,
      channelAccessToken,
    ]
    for (const secret of [...made, ...planted]) {
      expect(answers).not.toContain(secret)
      expect(log).not.toContain(secret)
    }
    expect(log).not.toContain('planted-9') // a key in a target's query
    for (const file of ['gateway.db', 'gateway.db-wal']) {
      const bytes = readFileSync(`${test.dataDir}/gateway/${file}`)
      for (const secret of [...made, ...planted]) expect(bytes.includes(secret)).toBe(false)
    }
    await call('DELETE', `/line-channels/${id}`)
  })
})
