// Mission stickers: a sticker set given to a user who has completed a mission. The one operation that never took a
// token: it has headers and answers of its own. LINE reference 2017, "Mission stickers".
import { type Checked, parseJson, parseUserId, summaries, type WireErrorDetail } from '@hatoba/line/wire'
import { secretsEqual } from '../../kit/compare.ts'
import { isWhitelisted } from '../accounts/api-access.ts'
import type { Channels } from '../accounts/channels.ts'
import { type Answer, errorAnswer, jsonAnswer } from './answers.ts'
import { type Authentication, type Caller, readChannelHeaders } from './authentication.ts'
import type { ChannelOperation } from './operation.ts'

// LINE reference 2017, "Mission stickers", "Error response"; the status codes are those of "Status codes"
const AUTHENTICATION_FAILED = errorAnswer(401, 'authentication failed')
const NOT_USABLE = errorAnswer(403, 'CHANNEL_MISSION_STICKER_NOT_USABLE')

/** The third header is the value that the permission came with, so without a permission any value will do. */
export function authenticateMissionSticker(caller: Caller, { channels }: { channels: Channels }): Authentication {
  const [channelId = '', channelSecret = '', acl = ''] = readChannelHeaders(caller)
  const channel = channels.find(channelId)
  const failed: Authentication = { ok: false, answer: AUTHENTICATION_FAILED }
  if (channel === undefined || acl === '' || !secretsEqual(channelSecret, channel.channelSecret)) return failed
  const { missionStickerAcl } = channel.apiAccess
  if (!isWhitelisted(channel.apiAccess, caller.address)) return failed
  return missionStickerAcl === undefined || secretsEqual(acl, missionStickerAcl) ? { ok: true, channel } : failed
}

export const sendMissionSticker: ChannelOperation = {
  name: 'sendMissionSticker',
  method: 'POST',
  path: '/v2/missionSticker/send',
  auth: 'mission-sticker',
  body: 'json',
  handle({ channel, rawText, entryId }, { users, delivery, identifiers }): Answer {
    if (channel.apiAccess.missionStickerAcl === undefined) return NOT_USABLE
    const checked = readBody(rawText)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    const { to, packageId } = checked.value
    if (parseUserId(to) === undefined) return errorAnswer(400, summaries.property('to'))
    if (users.find(to)?.providerId !== channel.providerId) return errorAnswer(400, 'Failed to send messages')
    const ticketId = identifiers.ticketId()
    // unconfirmed: who is reached; as by a push
    delivery.send('push', channel, to, [missionStickerMessage(packageId, ticketId)], entryId)
    return jsonAnswer(200, { ticketId })
  },
}

/** How the set stands in the user's chat: no message type of LINE's API. */
const missionStickerMessage = (packageId: string, ticketId: string) => ({
  type: 'missionSticker',
  packageId,
  ticketId,
})

type JsonObject = Readonly<Record<string, unknown>>

/** Wordings as of the send operations; what LINE itself answers here is unconfirmed. */
function readBody(rawText: string): Checked<{ to: string; packageId: string }> {
  const parsed = parseJson(rawText)
  if (!parsed.ok) return parsed
  const document = parsed.value
  const { value } = document
  const wrong = (property: string, ...path: (string | number)[]): Checked<never> => {
    const message = summaries.property(property, document.positionOf(path))
    return { ok: false, status: 400, error: { message } }
  }
  if (!isObject(value)) return refusedAs(summaries.syntax(document.positionOf([]) ?? { line: 1, column: 1 }))
  const { to, messages } = value
  const details: WireErrorDetail[] = []
  const missing = (property: string) => details.push({ message: 'May not be empty', property })
  if (to === undefined || to === null || to === '') missing('to')
  else if (typeof to !== 'string') return wrong('to', 'to')
  if (messages !== undefined && messages !== null && !Array.isArray(messages)) return wrong('messages', 'messages')
  const list: unknown[] = Array.isArray(messages) ? messages : []
  if (list.length === 0) missing('messages')
  if (list.length > 1) details.push({ message: 'Size must be between 1 and 1', property: 'messages' })
  const [first] = list
  if (first !== undefined && !isObject(first)) return wrong('messages[0]', 'messages', 0)
  const { packageId, isPresent }: JsonObject = first ?? {}
  if (first !== undefined) {
    if (packageId === undefined || packageId === null || packageId === '') missing('messages[0].packageId')
    else if (typeof packageId !== 'string') return wrong('messages[0].packageId', 'messages', 0, 'packageId')
    if (isPresent === undefined || isPresent === null) missing('messages[0].isPresent')
    else if (typeof isPresent !== 'boolean') return wrong('messages[0].isPresent', 'messages', 0, 'isPresent')
    else if (isPresent)
      details.push({ message: 'Must be one of the following values: [false]', property: 'messages[0].isPresent' })
  }
  if (details.length === 0 && typeof to === 'string' && typeof packageId === 'string')
    return { ok: true, value: { to, packageId }, notes: [] }
  return refusedAs(summaries.errors(details.length), details)
}

function refusedAs(message: string, details: WireErrorDetail[] = []): Checked<never> {
  return { ok: false, status: 400, error: details.length === 0 ? { message } : { message, details } }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
