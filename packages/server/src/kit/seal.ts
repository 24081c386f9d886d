// Secrets at rest: AES-256-GCM under a master key. A sealed value is
// `v1.<key id>.<nonce>.<tag and ciphertext>`, so that the master key can be rotated.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

export class SealError extends Error {
  override name = 'SealError'
  readonly code = 'unreadable_seal'
}

export interface Sealer {
  /** @param purpose bound into the seal: a value sealed for one purpose does not open for another */
  seal(plain: string, purpose: string): string
  /** @throws SealError when the value was changed, or sealed under another key or purpose */
  open(sealed: string, purpose: string): string
}

/** @param masterKeys 32 bytes each; the first seals, all of them open */
export function createSealer(masterKeys: readonly [Buffer, ...Buffer[]]): Sealer {
  const keys = masterKeys.map((key) => ({ id: createHash('sha256').update(key).digest('hex').slice(0, 8), key }))
  const [current] = keys
  if (current === undefined) throw new RangeError('a sealer needs a key')
  return {
    seal(plain, purpose) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(purpose))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `v1.${current.id}.${nonce.toString('base64url')}.${Buffer.concat([cipher.getAuthTag(), text]).toString('base64url')}`
    },
    open(sealed, purpose) {
      const [version, keyId, nonce, rest] = sealed.split('.')
      const found = keys.find((key) => key.id === keyId)
      if (version !== 'v1' || found === undefined || nonce === undefined || rest === undefined)
        throw new SealError('this secret was sealed under a master key that is not configured')
      try {
        const bytes = Buffer.from(rest, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(nonce, 'base64url'))
        decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(0, 16))
        return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new SealError('this secret does not open: it was changed or sealed for something else', { cause })
      }
    },
  }
}
