// Every id and secret that the platform makes, in LINE's forms, from one source of randomness, so that a run
// can be repeated id for id by giving another source.
import { randomBytes } from 'node:crypto'

/** Gives that many random bytes; called with 4,096 at a time. */
export type RandomSource = (sizeBytes: number) => Buffer

const POOL_BYTES = 4096
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const MESSAGE_IDS_PER_MS = 100_000

export interface Identifiers {
  /** 18 decimal digits; later ids sort after earlier ones, also as text. */
  messageId(nowMs: number): string
  /** Begins anew where the source can be repeated, as at the start; else goes on. */
  restart(): void
  /** Makes later message ids sort after this one: called with the newest id of a restored state. */
  continueMessageIdsAfter(messageId: string): void
  /** 32 hexadecimal digits. LINE facts sheet, "Identifiers and formats" */
  replyToken(): string
  quoteToken(): string
  /** A ULID. LINE reference, "Common properties": webhookEventId */
  webhookEventId(nowMs: number): string
  /** A UUID, for X-Line-Request-Id. */
  requestId(): string
  /** 172 characters of Base64, as LINE's long-lived and short-lived tokens have. */
  channelAccessToken(): string
  /** 22 characters of Base64url, as LINE gives for v2.1 tokens. */
  accessTokenKeyId(): string
  /** A UUID: the `kid` that LINE's console gives to a registered public key. */
  assertionKeyId(): string
  /** The letter and 32 hexadecimal digits: a user, group or room. */
  chatId(letter: 'U' | 'C' | 'R'): string
  /** 32 hexadecimal digits. */
  fileId(): string
  /** 32 hexadecimal digits, in capitals, as published examples have. */
  imageSetId(): string
  /** 10 decimal digits: a channel, or a provider. */
  channelId(): string
  channelSecret(): string
  /** As `AB1234-1234567890`. LINE reference 2017, "Mission stickers" */
  ticketId(): string
  /** 20 letters and digits. LINE reference 2017, "Refreshing access tokens": the sample */
  refreshToken(): string
  /** 43 characters of Base64url: whatever must not be guessed while a person logs in. */
  loginSecret(): string
  /** `@`, three digits and five letters, as LINE gives away. */
  basicId(): string
}

/** @param repeat makes the source anew, as it was at the start; undefined where it cannot be repeated */
export function createIdentifiers(source: RandomSource = randomBytes, repeat?: () => RandomSource): Identifiers {
  let current = source
  let pool: Buffer = Buffer.alloc(0)
  let poolAt = 0
  let lastMs = 0
  let sequence = 0

  function random(sizeBytes: number): Buffer {
    if (poolAt + sizeBytes > pool.length) {
      pool = current(POOL_BYTES)
      poolAt = 0
    }
    poolAt += sizeBytes
    return pool.subarray(poolAt - sizeBytes, poolAt)
  }

  function uuid(): string {
    const bytes = random(16)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }

  const digits = (count: number) => Array.from(random(count), (byte) => String(byte % 10)).join('')
  const letters = (count: number) => Array.from(random(count), (byte) => String.fromCharCode(97 + (byte % 26))).join('')

  return {
    chatId: (letter) => letter + random(16).toString('hex'),
    fileId: () => random(16).toString('hex'),
    imageSetId: () => random(16).toString('hex').toUpperCase(),
    channelId: () => `2${digits(9)}`,
    channelSecret: () => random(16).toString('hex'),
    ticketId: () => `${letters(2).toUpperCase()}${digits(4)}-${digits(10)}`,
    basicId: () => `@${digits(3)}${letters(5)}`,
    messageId(nowMs) {
      if (nowMs > lastMs) {
        lastMs = nowMs
        sequence = 0
      } else if (++sequence === MESSAGE_IDS_PER_MS) {
        lastMs += 1 // a frozen clock: borrow from the next millisecond
        sequence = 0
      }
      return `${String(lastMs).padStart(13, '0')}${(MESSAGE_IDS_PER_MS + sequence).toString().slice(1)}`
    },
    restart() {
      if (repeat === undefined) return
      current = repeat()
      poolAt = pool.length // what is left of the pool is of the run before
      lastMs = 0
      sequence = 0
    },
    continueMessageIdsAfter(messageId) {
      const ms = Number(messageId.slice(0, -5))
      if (ms < lastMs) return
      const last = Number(messageId.slice(-5))
      sequence = ms === lastMs ? Math.max(sequence, last) : last
      lastMs = ms
    },
    replyToken: () => random(16).toString('hex'),
    quoteToken: () => random(48).toString('base64url'),
    webhookEventId(nowMs) {
      let time = ''
      for (let rest = nowMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time
      let text = time
      for (const byte of random(16)) text += CROCKFORD[byte & 31] // 16 characters of 5 random bits each
      return text
    },
    requestId: uuid,
    channelAccessToken: () => random(128).toString('base64'),
    accessTokenKeyId: () => random(16).toString('base64url'),
    refreshToken: () => random(20).reduce((text, byte) => text + BASE62[byte % 62], ''),
    loginSecret: () => random(32).toString('base64url'),
    assertionKeyId: uuid,
  }
}
