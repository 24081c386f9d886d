// Who may call: an admin key as Bearer, on every address. A viewer only reads.
import { hashSecret, secretsEqual } from '../../kit/compare.ts'
import type { ApiKey } from '../core/model.ts'
import { type AdminAnswer, refused } from './answer.ts'
import type { Actor } from './context.ts'

export type Admission = { kind: 'admitted'; actor: Actor } | (AdminAnswer & { kind: 'refused' })

export async function admit(
  authorization: string | undefined,
  method: string,
  keyByHash: (secretSha256: string) => Promise<ApiKey | undefined>,
): Promise<Admission> {
  const secret = /^Bearer ([!-~]{1,200})$/i.exec(authorization ?? '')?.[1]
  if (secret === undefined) return refused('unauthenticated', 'An admin key is required: Authorization: Bearer KEY.')
  const hash = hashSecret(secret)
  const key = await keyByHash(hash)
  if (key?.use !== 'admin' || !secretsEqual(hash, key.secretSha256))
    return refused('unauthenticated', 'The admin key is unknown or disabled.')
  if (key.role !== 'owner' && method !== 'GET' && method !== 'HEAD')
    return refused('forbidden', 'This key is a viewer: it reads, and changes nothing.')
  return { kind: 'admitted', actor: { keyId: key.keyId, role: key.role } }
}
