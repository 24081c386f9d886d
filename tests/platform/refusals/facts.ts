// What the cases of refusal speak of: ids and tokens that the platform really gave out.
import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { MP4, PNG } from '../files.ts'
import { BOT, BROWN, BROWNS_PHONE, type JsonObject, OLD_BOT, type ProofWorld } from '../proof-world.ts'

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

export interface Facts {
  bot: typeof BOT
  /** Without a webhook URL. */
  otherBot: typeof BOT
  webhookUrl: string
  replyToken: string
  /** Today's profile alone has one. */
  markAsReadToken: string
  textId: string
  imageId: string
  videoId: string
  unsentImageId: string
  phoneDigest: string
  /** Signed with a key that the channel has registered. */
  assertion(claims?: JsonObject, header?: JsonObject): string
  /** Of version 2.1. */
  token: string
  expiredToken: string
  revokedToken: string
}

export async function gatherFacts(world: ProofWorld, bot: typeof BOT): Promise<Facts> {
  const chat = `/users/${BROWN}/chats/${bot.botUserId}/messages`
  const send = async (message: JsonObject) =>
    (await world.act<{ message: { id: string } }>('POST', chat, message)).message.id
  const assertion = await registerKey(world, bot)
  const issue = (tokenLifeSeconds: number) => issueToken(world, assertion({ token_exp: tokenLifeSeconds }))
  const expiredToken = await issue(1)
  world.platform.clock.advance(2000)
  const revokedToken = await issue(86_400)
  await revokeToken(world, bot, revokedToken)
  const image = { type: 'image', uploadId: await world.upload(PNG, 'image/png') }
  const unsentImageId = await send(image)
  await world.act('POST', `${chat}/${unsentImageId}/unsend`, {})
  const imageId = await send(image)
  const videoId = await send({ type: 'video', uploadId: await world.upload(MP4, 'video/mp4') })
  let textId = ''
  const [event] = await world.eventsOf(async () => {
    textId = await send({ type: 'text', text: 'hi' })
  })
  const message = event?.message as JsonObject // a text's event has one
  return {
    bot,
    otherBot: bot === BOT ? OLD_BOT : BOT,
    webhookUrl: world.webhooks.url,
    replyToken: String(event?.replyToken),
    markAsReadToken: String(message.markAsReadToken ?? ''),
    textId,
    imageId,
    videoId,
    unsentImageId,
    phoneDigest: createHash('sha256').update(BROWNS_PHONE).digest('hex'),
    assertion,
    token: await issue(86_400),
    expiredToken,
    revokedToken,
  }
}

async function registerKey(world: ProofWorld, bot: typeof BOT): Promise<Facts['assertion']> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }
  const { kid } = await world.act<{ kid: string }>('POST', `/channels/${bot.channelId}/assertion-keys`, jwk)
  const encode = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return (claims = {}, header = {}) => {
    const { channelId } = bot
    const exp = Math.floor(world.platform.clock.now() / 1000) + 1800
    const payload = { iss: channelId, sub: channelId, aud: 'https://api.line.me/', exp, token_exp: 86_400, ...claims }
    const text = `${encode({ alg: 'RS256', typ: 'JWT', kid, ...header })}.${encode(payload)}`
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
  }
}

export async function issueToken(world: ProofWorld, assertion: string): Promise<string> {
  const fields = {
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
  }
  const init = { method: 'POST', headers: FORM, body: new URLSearchParams(fields).toString() }
  const { status, body } = await world.platform.api<{ access_token?: string }>('/oauth2/v2.1/token', init)
  if (body.access_token === undefined) throw new Error(`no token was issued: ${status} ${JSON.stringify(body)}`)
  return body.access_token
}

export async function revokeToken(world: ProofWorld, bot: typeof BOT, token: string): Promise<void> {
  const fields = { client_id: bot.channelId, client_secret: bot.channelSecret, access_token: token }
  const init = { method: 'POST', headers: FORM, body: new URLSearchParams(fields).toString() }
  const { status } = await world.platform.api('/oauth2/v2.1/revoke', init)
  if (status !== 200) throw new Error(`a token was not revoked: ${status}`)
}
