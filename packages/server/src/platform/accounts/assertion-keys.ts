// Owner of assertion signing keys: the public keys that a channel has registered, as in LINE's console, and that its
// JWT assertions are checked with. LINE documentation, "Assertion signing key specification".
import type { Identifiers } from '../identifiers.ts'

/** What is kept of a registered key: the parts that checking needs. */
export interface AssertionPublicKey {
  readonly kty: 'RSA'
  readonly alg: 'RS256'
  readonly n: string
  readonly e: string
}

export interface AssertionKey {
  /** The `kid`: a UUID, given at registration. */
  readonly keyId: string
  readonly channelId: string
  readonly publicKey: AssertionPublicKey
}

const MOST_PER_CHANNEL = 100
const MODULUS_BYTES = 256 // 2048 bits
const BASE64URL = /^[A-Za-z0-9_-]+$/
const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi']

export type ReadPublicKey = { ok: true; value: AssertionPublicKey } | { ok: false; must: string }

/** Reads a JSON Web Key as the console does. */
export function readPublicKey(given: unknown): ReadPublicKey {
  const refuse = (must: string): ReadPublicKey => ({ ok: false, must })
  if (typeof given !== 'object' || given === null) return refuse('a JSON Web Key')
  const { kty, alg, use, key_ops: operations, n, e, kid } = given as Record<string, unknown> // each is checked below
  if (kid !== undefined) return refuse('a key without `kid`: it is given by the registration')
  if (PRIVATE_PARTS.some((part) => part in given)) return refuse('a public key: it has private parts')
  if (kty !== 'RSA') return refuse('an RSA key (kty: RSA)')
  if (alg !== 'RS256') return refuse('for RS256 (alg: RS256)')
  const verifies = Array.isArray(operations) && operations.length === 1 && operations[0] === 'verify'
  if ((use === undefined) === (operations === undefined) || (use !== undefined ? use !== 'sig' : !verifies))
    return refuse('for signatures, by use: "sig" or by key_ops: ["verify"], one of both')
  if (typeof e !== 'string' || !BASE64URL.test(e) || e.length > 12) return refuse('a key with its exponent `e`')
  if (typeof n !== 'string' || !BASE64URL.test(n) || Buffer.from(n, 'base64url').length !== MODULUS_BYTES)
    return refuse('a key of 2048 bits, with its modulus `n`')
  return { ok: true, value: { kty, alg, n, e } }
}

export class AssertionKeys {
  readonly #keys = new Map<string, AssertionKey>()
  readonly #identifiers: Identifiers
  readonly #onChange: () => void

  constructor(identifiers: Identifiers, onChange: () => void) {
    this.#identifiers = identifiers
    this.#onChange = onChange
  }

  /** Undefined where the channel has as many as it may have. */
  register(channelId: string, publicKey: AssertionPublicKey): AssertionKey | undefined {
    if (this.ofChannel(channelId).length >= MOST_PER_CHANNEL) return undefined
    const key = { keyId: this.#identifiers.assertionKeyId(), channelId, publicKey }
    this.add(key)
    return key
  }

  add(key: AssertionKey): void {
    this.#keys.set(key.keyId, key)
    this.#onChange()
  }

  find(keyId: string): AssertionKey | undefined {
    return this.#keys.get(keyId)
  }

  /** False where the channel has no such key. */
  remove(channelId: string, keyId: string): boolean {
    if (this.#keys.get(keyId)?.channelId !== channelId) return false
    this.#keys.delete(keyId)
    this.#onChange()
    return true
  }

  clear(): void {
    this.#keys.clear()
  }

  ofChannel(channelId: string): AssertionKey[] {
    return [...this.#keys.values()].filter((key) => key.channelId === channelId)
  }

  all(): IterableIterator<AssertionKey> {
    return this.#keys.values()
  }
}
