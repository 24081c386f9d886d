// The people: they are made here, each with an id per provider, and change their profile and their app's settings.
import type { FastifyInstance } from 'fastify'
import type { User } from '../accounts/users.ts'
import type { PlatformCore } from '../core.ts'
import { findUser, type PathParams } from './parties.ts'
import { flag, given, httpUrl, oneOf, orNull, readFields, readWith, textLike, textOf } from './read-fields.ts'
import { viewUser } from './views.ts'

const MOST_USERS = 1_000_000

const PROFILE_FIELDS = {
  displayName: textOf(1, 100),
  pictureUrl: orNull(httpUrl),
  statusMessage: orNull(textOf(1, 500)),
  // BCP 47, as `en` or `zh-TW`
  language: orNull(textLike(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'a language tag such as en or zh-TW')),
  consent: flag,
  useBeacon: flag,
  bluetooth: flag,
  /** LINE notification messages, in the app's privacy settings. */
  notifications: oneOf('agreed', 'refused'),
  email: orNull(textLike(/^[^\s@]{1,64}@[^\s@]{1,189}$/, 'an e-mail address')),
  phoneNumber: orNull(textLike(/^\+[1-9]\d{6,14}$/, 'a number in E.164 form, as +819012345678')),
}
const NEW_FIELDS = { providerId: textOf(1, 100), ...PROFILE_FIELDS }
const ID_FIELDS = { providerId: textOf(1, 100) }

type WithParams = { Params: PathParams }

export function serveUsers(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<WithParams>('/users/:userId', (request, reply) => {
    const user = findUser(core, request.params)
    return user.ok ? reply.send(viewUser(user.value)) : reply.code(404).send({ message: user.message })
  })

  scope.post('/users', (request, reply) => {
    const read = readWith(request.body, NEW_FIELDS, ['providerId', 'displayName'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { providerId, ...profile } = read.value
    const refused = whyNot(core, providerId)
    if (refused !== undefined) return reply.code(409).send({ message: refused })
    const taken = whyTaken(core, profile.phoneNumber)
    if (taken !== undefined) return reply.code(409).send({ message: taken })
    const user = { ...withoutNulls(profile), userId: core.identifiers.chatId('U'), providerId } as User // as read
    core.users.add(user)
    return reply.code(201).send(viewUser(user))
  })

  scope.patch<WithParams>('/users/:userId', (request, reply) => {
    const user = findUser(core, request.params)
    if (!user.ok) return reply.code(404).send({ message: user.message })
    const read = readFields(request.body, PROFILE_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const taken = whyTaken(core, read.value.phoneNumber, user.value)
    if (taken !== undefined) return reply.code(409).send({ message: taken })
    for (const id of idsOf(core, user.value)) core.users.add(withoutNulls({ ...id, ...given(read.value) }) as User) // as read
    return reply.send(viewUser(core.users.find(user.value.userId) ?? user.value))
  })

  // LINE facts sheet, "Identifiers and formats": one person has another user id with each provider
  scope.post<WithParams>('/users/:userId/ids', (request, reply) => {
    const user = findUser(core, request.params)
    if (!user.ok) return reply.code(404).send({ message: user.message })
    const read = readWith(request.body, ID_FIELDS, ['providerId'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { providerId } = read.value
    const known = idsOf(core, user.value).find((id) => id.providerId === providerId)
    if (known !== undefined) return reply.send(viewUser(known))
    const refused = whyNot(core, providerId)
    if (refused !== undefined) return reply.code(409).send({ message: refused })
    const personId = user.value.personId ?? user.value.userId
    if (user.value.personId === undefined) core.users.change(user.value.userId, { personId })
    const added = { ...user.value, personId, providerId, userId: core.identifiers.chatId('U') }
    core.users.add(added)
    return reply.code(201).send(viewUser(added))
  })
}

/** The ids of one person, with all providers. */
function idsOf(core: PlatformCore, user: User): User[] {
  const { personId } = user
  if (personId === undefined) return [user]
  return [...core.users.all()].filter((other) => other.personId === personId)
}

function whyNot(core: PlatformCore, providerId: string): string | undefined {
  if (![...core.channels.providers()].some((provider) => provider.providerId === providerId))
    return `There is no provider ${providerId}.`
  return core.users.count >= MOST_USERS ? `There are ${MOST_USERS} users already.` : undefined
}

/** A phone number belongs to one person. */
function whyTaken(core: PlatformCore, phoneNumber: string | null | undefined, user?: User): string | undefined {
  if (phoneNumber === null || phoneNumber === undefined) return undefined
  const own = user === undefined ? [] : idsOf(core, user).map(({ userId }) => userId)
  for (const other of core.users.all())
    if (other.phoneNumber === phoneNumber && !own.includes(other.userId))
      return `${phoneNumber} belongs to ${other.displayName}.`
  return undefined
}

const withoutNulls = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
