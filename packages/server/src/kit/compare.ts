// Comparison of secrets in constant time.
import { createHash, timingSafeEqual } from 'node:crypto'

/** True when both texts are equal; the time taken tells nothing about either. */
export function secretsEqual(given: string, expected: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest())
}

/** How an API key is stored: only its SHA-256, as hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
