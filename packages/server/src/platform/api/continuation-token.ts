// Continuation tokens of lists: opaque texts that say where the next page begins. Nothing is kept of them: they hold
// the last id that was given out and are signed, so they survive a restart and cannot be made up. Lists are in the
// order of their ids: whoever joins or leaves between two pages moves nobody else.
import { createHmac } from 'node:crypto'
import { secretsEqual } from '../../kit/compare.ts'
import type { LineChannel } from '../accounts/channels.ts'
import { type Answer, errorAnswer } from './answers.ts'

// LINE reference, "Get group chat member user IDs": a continuation token expires after 24 hours
const CONTINUATION_LIFE_MS = 24 * 60 * 60_000
const SIGNATURE_BYTES = 15

// LINE facts sheet, "All top-level messages seen"
const INVALID_START: Answer = errorAnswer(400, 'Invalid start param')

export interface PageRequest {
  readonly channel: LineChannel
  /** Names the list: a token of one is none of another. */
  readonly list: string
  readonly start: string | undefined
  readonly size: number
  readonly nowMs: number
}

export type Page = { ok: true; ids: string[]; next?: string } | { ok: false; answer: Answer }

export function readPage(all: Iterable<string>, { channel, list, start, size, nowMs }: PageRequest): Page {
  // unconfirmed: `start=` without a value is taken for the first page, as SDKs of 2017 send it
  const after = start ? readToken(channel, list, start, nowMs) : ''
  if (after === undefined) return { ok: false, answer: INVALID_START }
  const rest: string[] = []
  for (const id of all) if (id > after) rest.push(id)
  rest.sort()
  const ids = rest.slice(0, size)
  const last = ids.at(-1)
  if (rest.length === ids.length || last === undefined) return { ok: true, ids }
  return { ok: true, ids, next: makeToken(channel, list, last, nowMs + CONTINUATION_LIFE_MS) }
}

function makeToken(channel: LineChannel, list: string, lastId: string, expiresAtMs: number): string {
  const place = `${expiresAtMs.toString(36)}.${lastId}`
  return Buffer.from(`${place}.${sign(channel, list, place)}`).toString('base64url')
}

/** The id after which the page begins. */
function readToken(channel: LineChannel, list: string, token: string, nowMs: number): string | undefined {
  const [expires = '', lastId = '', signature = ''] = Buffer.from(token, 'base64url').toString('latin1').split('.')
  if (!secretsEqual(signature, sign(channel, list, `${expires}.${lastId}`))) return undefined
  return Number.parseInt(expires, 36) > nowMs ? lastId : undefined
}

function sign({ channelSecret, channelId }: LineChannel, list: string, place: string): string {
  const hmac = createHmac('sha256', channelSecret).update(`${channelId}\n${list}\n${place}`).digest()
  return hmac.toString('base64url').slice(0, SIGNATURE_BYTES)
}
