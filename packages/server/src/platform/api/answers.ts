// What an operation answers, and LINE's own forms of it.
import type { Readable } from 'node:stream'
import type { WireError } from '@hatoba/line/wire'
import type { SentMessage } from '../chats/retry-keys.ts'

export interface Answer {
  readonly status: number
  /** JSON text, or nothing. */
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** Goes out instead of the body. */
  readonly binary?: { mediaType: string; sizeBytes: number; open(): Readable }
  /** What a retry of an accepted push repeats. */
  readonly sentMessages?: readonly SentMessage[]
}

/** Shared, since most calls of a bot end in it. */
export const EMPTY_OBJECT: Answer = { status: 200, body: '{}' }

export const NO_BODY: Answer = { status: 200, body: '' }

export function jsonAnswer(status: number, value: object): Answer {
  return { status, body: JSON.stringify(value) }
}

/** LINE reference, "Error responses". */
export function errorAnswer(status: number, error: WireError | string): Answer {
  return jsonAnswer(status, typeof error === 'string' ? { message: error } : error)
}

/** LINE reference, "Issue short-lived channel access token": the form of errors of the token endpoints. */
export function oauthErrorAnswer(error: string, description?: string): Answer {
  return jsonAnswer(400, description === undefined ? { error } : { error, error_description: description })
}
