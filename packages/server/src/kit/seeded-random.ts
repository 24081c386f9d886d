// Randomness that can be repeated: the same seed gives the same bytes, in the same order.
import { createCipheriv, createHash } from 'node:crypto'

/** Gives that many random bytes. */
export type RandomBytes = (sizeBytes: number) => Buffer

/** The key stream of a cipher: fast, and without any pattern that ids could collide by. */
export function createSeededRandom(seed: string): RandomBytes {
  const key = createHash('sha256').update(seed).digest()
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  return (sizeBytes) => cipher.update(Buffer.alloc(sizeBytes))
}
