import { createHmac, timingSafeEqual } from 'node:crypto'

const SIGNATURE_BYTES = 32
// Padding may be missing; anything else that is not Base64 makes the header malformed.
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=?$/

/**
 * The value of `X-Line-Signature` for a body: Base64 of HMAC-SHA256 with the channel secret as the key.
 * LINE reference, "Signature validation".
 *
 * @param rawBody the body exactly as it is sent; a string stands for its UTF-8 bytes
 */
export function signBody(rawBody: string | Uint8Array, channelSecret: string): string {
  return digest(rawBody, channelSecret).toString('base64')
}

/**
 * Whether a webhook came from LINE. Takes constant time, and answers false for a header that is missing, given more
 * than once or malformed. Give the raw bytes: a body that was parsed and written again has another signature.
 *
 * @param header the value of `X-Line-Signature`
 * @param secret the channel secret; several while one replaces another
 * @example
 * ```ts
 * const genuine = verifySignature(rawBody, request.headers['x-line-signature'], channelSecret)
 * if (!genuine) response.writeHead(401).end()
 * ```
 */
export function verifySignature(
  rawBody: string | Uint8Array,
  header: string | string[] | undefined | null,
  secret: string | readonly string[],
): boolean {
  const value = Array.isArray(header) && header.length === 1 ? header[0] : header
  if (typeof value !== 'string' || !BASE64_OF_32_BYTES.test(value)) return false
  const given = Buffer.from(value, 'base64')
  if (given.length !== SIGNATURE_BYTES) return false
  let genuine = false
  // Every secret is tried, so that the time taken does not tell which one fits.
  for (const candidate of typeof secret === 'string' ? [secret] : secret) {
    // An empty secret is one that was never set; anybody could sign with it.
    if (candidate !== '' && timingSafeEqual(given, digest(rawBody, candidate))) genuine = true
  }
  return genuine
}

function digest(rawBody: string | Uint8Array, channelSecret: string): Buffer {
  return createHmac('sha256', channelSecret).update(rawBody).digest()
}
