// Owner of LINE's users and of their relationships with bots.
import type { UserSeed } from '../seed.ts'

export type User = Readonly<UserSeed>

export type Friendship = 'friend' | 'blocked' | 'none'

export interface Relationship {
  readonly channelId: string
  readonly userId: string
  readonly friendship: Friendship
}

export class Users {
  readonly #users = new Map<string, User>()
  readonly #byChannel = new Map<string, Map<string, Friendship>>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  add(user: User): void {
    this.#users.set(user.userId, user)
    this.#onChange()
  }

  /** Undefined where there is no such user. */
  change(userId: string, change: Partial<Omit<UserSeed, 'userId' | 'providerId'>>): User | undefined {
    const user = this.#users.get(userId)
    if (user === undefined) return undefined
    const changed = { ...user, ...change }
    this.add(changed)
    return changed
  }

  get count(): number {
    return this.#users.size
  }

  find(userId: string): User | undefined {
    return this.#users.get(userId)
  }

  all(): IterableIterator<User> {
    return this.#users.values()
  }

  friendship(channelId: string, userId: string): Friendship {
    return this.#byChannel.get(channelId)?.get(userId) ?? 'none'
  }

  setFriendship(channelId: string, userId: string, friendship: Friendship): void {
    let ofChannel = this.#byChannel.get(channelId)
    if (ofChannel === undefined) {
      ofChannel = new Map()
      this.#byChannel.set(channelId, ofChannel)
    }
    ofChannel.set(userId, friendship)
    this.#onChange()
  }

  /** The users who are friends of the bot at this moment. */
  *friendsOf(channelId: string): Generator<User> {
    for (const [userId, friendship] of this.#byChannel.get(channelId) ?? []) {
      const user = friendship === 'friend' ? this.#users.get(userId) : undefined
      if (user !== undefined) yield user
    }
  }

  clear(): void {
    this.#users.clear()
    this.#byChannel.clear()
  }

  *relationships(): Generator<Relationship> {
    for (const [channelId, ofChannel] of this.#byChannel)
      for (const [userId, friendship] of ofChannel) yield { channelId, userId, friendship }
  }
}
