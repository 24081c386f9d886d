// The calls that send: push, reply and multicast, and what their answers mean. Thin on purpose: pushes and multicasts
// carry the stored retry key, so that repeating them cannot deliver twice.
import { type Outbound, type OutboundAnswer, OutboundError } from '../../../kit/outbound.ts'
import type { Failure, Reach } from '../../core/model.ts'
import type { SendAnswer, SendWay, StoredSend } from '../../core/ports.ts'

const TIMEOUT_MS = 10_000
const LONGEST_REASON = 1000

export interface LineAccount {
  channelAccessToken: string
  apiUrl: string
  reach: Reach
}

export async function callSend(
  outbound: Outbound,
  account: LineAccount,
  send: StoredSend,
  way: SendWay,
): Promise<SendAnswer> {
  // LINE reference, "Send reply message": it takes no retry key.
  const retryKey = way.kind === 'reply' ? undefined : send.retryKey
  try {
    const answer = await outbound.request({
      url: `${account.apiUrl}/v2/bot/message/${way.kind}`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${account.channelAccessToken}`,
        ...(retryKey !== undefined && { 'x-line-retry-key': retryKey }),
      },
      body: `{${JSON.stringify(recipientField(send, way)).slice(1, -1)},"messages":${send.payload}}`,
      timeoutMs: TIMEOUT_MS,
      reach: account.reach,
      keepBodyBytes: 8192,
    })
    return readAnswer(answer)
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    const detail = { error: error.code }
    if (error.code === 'address_denied' || error.code === 'bad_url')
      return { kind: 'refused', failure: { code: 'channel-misconfigured', description: error.message }, detail }
    const description = `The underlying channel did not answer: ${error.message}`
    const notSent = !error.sent
    return { kind: 'unanswered', failure: { code: 'channel-unreachable', description }, notSent, detail }
  }
}

function recipientField({ message }: StoredSend, way: SendWay): object {
  switch (way.kind) {
    case 'push':
      return { to: message.identity }
    case 'reply':
      return { replyToken: way.replyToken }
    case 'multicast':
      return { to: way.members.map(({ identity }) => identity) }
    default:
      return way satisfies never
  }
}

function readAnswer({ status, headers, body }: OutboundAnswer): SendAnswer {
  const requestId = headers['x-line-request-id']
  const detail = { status, ...(typeof requestId === 'string' && { lineRequestId: requestId }) }
  // LINE documentation, "Retrying a failed API request": 409 tells that an earlier attempt was accepted.
  if ((status >= 200 && status < 300) || status === 409) return { kind: 'taken', detail }
  const reason = readReason(body)
  const description = `The underlying channel reported: ${reason.text === '' ? `status ${status}` : reason.text}`
  const { tokenSpent } = reason
  const refused = (code: Failure['code']): SendAnswer => ({
    kind: 'refused',
    failure: { code, description },
    tokenSpent,
    detail,
  })
  if (status >= 500) return { kind: 'unanswered', failure: { code: 'channel-unreachable', description }, detail }
  switch (status) {
    case 400:
      return refused(reason.isAboutRecipient ? 'recipient-unreachable' : 'channel-rejected')
    case 401:
    case 403:
      return refused('channel-misconfigured')
    case 429:
      return reason.isQuota ? refused('quota-exhausted') : { kind: 'throttled', detail }
    default:
      return refused('channel-rejected')
  }
}

interface Reason {
  text: string
  isAboutRecipient: boolean
  isQuota: boolean
  tokenSpent: boolean
}

/** LINE's error body: `{message, details: [{message, property}]}`. */
function readReason(body: Buffer): Reason {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    return { text: '', isAboutRecipient: false, isQuota: false, tokenSpent: false } // a proxy's page, say: the status has to do
  }
  const message = textOf(parsed, 'message')
  const details = listOf(parsed, 'details').map((entry) => ({
    property: textOf(entry, 'property'),
    message: textOf(entry, 'message'),
  }))
  const parts = details.map((detail) => [detail.property, detail.message].filter((text) => text !== '').join(': '))
  const text = [message, ...parts].filter((part) => part !== '').join('; ')
  return {
    text: text.slice(0, LONGEST_REASON),
    isAboutRecipient:
      message === 'Failed to send messages' ||
      message.startsWith("The property, 'to',") ||
      details.some(({ property }) => property === 'to'),
    isQuota: message.startsWith('You have reached your monthly limit'),
    tokenSpent: message === 'Invalid reply token',
  }
}

function textOf(value: unknown, name: string): string {
  const field = fieldOf(value, name)
  return typeof field === 'string' ? field : ''
}

function listOf(value: unknown, name: string): unknown[] {
  const field = fieldOf(value, name)
  return Array.isArray(field) ? field : []
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
