// Pauses between attempts.

const FIRST_SEND_PAUSE_MS = 1000
const LONGEST_SEND_PAUSE_MS = 60_000

/** Doubling from 1 s to 60 s, each shortened by up to a half at random so that those who failed together part. */
export function sendPauseMs(attempts: number, random: () => number = Math.random): number {
  const fullMs = Math.min(FIRST_SEND_PAUSE_MS * 2 ** Math.max(attempts - 1, 0), LONGEST_SEND_PAUSE_MS)
  return Math.round(fullMs * (1 - random() / 2))
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | string[] | undefined, nowMs: number): number | undefined {
  const text = Array.isArray(header) ? header[0] : header
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  if (!/^[A-Z][a-z]{2,8}, /.test(text)) return undefined // Date.parse takes more than dates
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? undefined : Math.max(atMs - nowMs, 0)
}
