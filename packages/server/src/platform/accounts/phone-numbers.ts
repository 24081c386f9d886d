// Users by their phone numbers. LINE notification messages are addressed by the SHA-256 of a number: the number itself
// never goes over the wire.
import { createHash } from 'node:crypto'
import type { User, Users } from './users.ts'

// LINE documentation, "Conditions for sending LINE notification messages": issued in Japan, Thailand or Taiwan
const SERVED_COUNTRIES = /^\+(?:81|66|886)/
const digests = new WeakMap<User, string>()

/** @param digest 64 lower-case hexadecimal digits */
export function findByPhoneDigest(users: Users, providerId: string, digest: string): User | undefined {
  for (const user of users.all())
    if (user.providerId === providerId && user.phoneNumber !== undefined && digestOf(user, user.phoneNumber) === digest)
      return user
  return undefined
}

/** Whether notification messages go to that country's numbers, and the user takes them. */
export function takesNotifications({ phoneNumber = '', notifications }: User): boolean {
  return SERVED_COUNTRIES.test(phoneNumber) && notifications !== 'refused'
}

/** A user is never changed in place, so that the digest stays right as long as the object lives. */
function digestOf(user: User, phoneNumber: string): string {
  let digest = digests.get(user)
  if (digest === undefined) {
    digest = createHash('sha256').update(phoneNumber).digest('hex')
    digests.set(user, digest)
  }
  return digest
}
