// One 128-bit UUIDv7 per thing (RFC 9562), printed as a UUID or, for those who speak ULID, as 26 characters
// of Crockford base32 of the same 128 bits.
import { randomBytes } from 'node:crypto'

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ULID_PATTERN = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

let lastMs = 0
let sequence = 0
let pool = Buffer.alloc(0)
let poolAt = 0

/** Random bytes in bulk: one call of the system's generator for many ids. */
function random(size: number): Buffer {
  if (poolAt + size > pool.length) {
    pool = randomBytes(4096)
    poolAt = 0
  }
  poolAt += size
  return pool.subarray(poolAt - size, poolAt)
}

/** A new UUIDv7 whose text sorts by time; ids of one process made in one millisecond keep their order. */
export function newUuid(nowMs: number): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    sequence = random(2).readUInt16BE() & 0x7ff
  } else {
    sequence += 1
    if (sequence > 0xfff) {
      lastMs += 1 // 4,096 ids in one millisecond: borrow from the next
      sequence = 0
    }
  }
  const hex = lastMs.toString(16).padStart(12, '0')
  const rest = random(8).toString('hex')
  const variant = ((Number.parseInt(rest[0] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}${rest.slice(1, 4)}-${rest.slice(4)}`
}

/** As {@link newUuid}, from given bytes: the same for the same. @param random 10 bytes */
export function uuidFrom(atMs: number, random: Uint8Array): string {
  const hex = atMs.toString(16).padStart(12, '0') + Buffer.from(random).toString('hex')
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const isUuid = (text: string): boolean => UUID_PATTERN.test(text)

/** The same 128 bits as 26 characters. @param uuid lower-case UUID text */
export function uuidToUlid(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let text = ''
  for (let i = 0; i < 26; i++) {
    text = CROCKFORD[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}

/** The UUID of a ULID's 128 bits, or undefined where the text is no ULID (upper or lower case). */
export function ulidToUuid(text: string): string | undefined {
  const ulid = text.toUpperCase()
  if (!ULID_PATTERN.test(ulid)) return undefined
  let bits = 0n
  for (const char of ulid) bits = (bits << 5n) | BigInt(CROCKFORD.indexOf(char))
  const hex = bits.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
