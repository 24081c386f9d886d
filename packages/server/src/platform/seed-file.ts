// A seed as a file: JSON of the same shape, where what has an obvious value may be left out. What is wrong is told with
// line, column and property.
import { parseJson } from '@hatoba/line/wire'
import { type FieldRule, flag, listOf, objectOf, oneOf, textOf, wholeNumber } from './control/read-fields.ts'
import { type ChannelSeed, checkSeed, type PlatformSeed, PlatformSeedError } from './seed.ts'

const MOST_CHANNELS = 1000
const MOST_USERS = 100_000
const LATEST_MS = 4_102_444_800_000 // the year 2100

const id = textOf(1, 100)
const name = textOf(1, 100)
const url = textOf(1, 2000)

const provider = objectOf({ providerId: id, name }, ['providerId', 'name'])

const webhook = objectOf({ url, use: flag, redelivery: flag }, [])

const apiAccess = objectOf(
  {
    accountType: oneOf('line@', 'official'),
    verified: flag,
    plan: oneOf('developer-trial', 'free', 'basic', 'pro', 'official'),
    limits: oneOf('off', 'real'),
    ipWhitelist: listOf(textOf(1, 50), 0, 100),
    missionStickerAcl: textOf(1, 200),
  },
  [],
)

const settings = objectOf(
  {
    responseMode: oneOf('bot', 'chat'),
    markAsReadMode: oneOf('auto', 'manual'),
    greeting: textOf(1, 5000),
    autoResponse: textOf(1, 5000),
    joinGroups: flag,
    beacons: flag,
    checkMedia: flag,
  },
  [],
)

const about = objectOf(
  { iconUrl: url, description: textOf(0, 5000), category: name, subcategory: name, premiumId: name },
  [],
)

const channel = objectOf(
  {
    channelId: id,
    providerId: id,
    kind: oneOf('messaging'),
    profile: oneOf('2017', 'current'),
    displayName: name,
    basicId: name,
    botUserId: id,
    channelSecret: textOf(1, 200),
    mid: id,
    accessTokens: listOf(textOf(1, 1000), 0, 1000),
    webhook,
    allowLoopbackHttp: flag,
    apiAccess,
    monthlyQuota: wholeNumber(0, 1_000_000_000),
    settings,
    about,
  },
  ['channelId', 'providerId', 'displayName', 'basicId', 'botUserId', 'channelSecret'],
)

const loginChannel = objectOf(
  {
    channelId: id,
    providerId: id,
    displayName: name,
    channelSecret: textOf(1, 200),
    callbackUrls: listOf(url, 0, 400),
    linkedChannelId: id,
    appTypes: listOf(oneOf('web', 'native'), 1, 2),
    emailPermission: flag,
    limits: oneOf('off', 'real'),
  },
  ['channelId', 'providerId', 'displayName', 'channelSecret', 'callbackUrls'],
)

const user = objectOf(
  {
    userId: id,
    providerId: id,
    displayName: name,
    pictureUrl: url,
    statusMessage: textOf(0, 500),
    language: textOf(2, 20),
    consent: flag,
    useBeacon: flag,
    bluetooth: flag,
    email: textOf(3, 254),
    phoneNumber: textOf(2, 20),
    notifications: oneOf('agreed', 'refused'),
    personId: id,
  },
  ['userId', 'providerId', 'displayName'],
)

const friendship = objectOf({ channelId: id, userId: id }, ['channelId', 'userId'])

const members = listOf(id, 0, 10_000)

const group = objectOf(
  {
    kind: oneOf('group', 'room'),
    chatId: id,
    providerId: id,
    name,
    pictureUrl: url,
    members,
    invited: members,
    botChannelId: id,
  },
  ['kind', 'chatId', 'providerId', 'members'],
)

const seedRule = objectOf(
  {
    providers: listOf(provider, 0, MOST_CHANNELS),
    channels: listOf(channel, 0, MOST_CHANNELS),
    loginChannels: listOf(loginChannel, 0, MOST_CHANNELS),
    users: listOf(user, 0, MOST_USERS),
    friendships: listOf(friendship, 0, MOST_USERS),
    groups: listOf(group, 0, MOST_USERS),
    clock: objectOf({ frozenAtMs: wholeNumber(0, LATEST_MS) }, ['frozenAtMs']),
  },
  [],
)

type Read<Rule> = Rule extends FieldRule<infer T> ? T : never

/**
 * @param base what the file adds to: it may name what stands there
 * @throws PlatformSeedError with the file's name, line, column and property
 */
export function readSeedFile(text: string, fileName: string, base: PlatformSeed): PlatformSeed {
  const parsed = parseJson(text)
  if (!parsed.ok) {
    const [, line, column] = /line: (\d+), column: (\d+)/.exec(parsed.error.message) ?? []
    if (line === undefined) throw new PlatformSeedError(`${fileName}: ${parsed.error.message}`)
    const detail = parsed.error.details?.[0]?.message ?? 'no JSON from here on'
    throw new PlatformSeedError(`${fileName}:${line}:${column}: ${detail}`)
  }
  const refuse = (property: string, what: string): never => {
    const position = parsed.value.positionOf(pathOf(property)) ?? parsed.value.positionOf(pathOf(property).slice(0, -1))
    const where = position === undefined ? '' : `:${position.line}:${position.column}`
    throw new PlatformSeedError(`${fileName}${where}: ${property} ${what}`)
  }
  const read = seedRule(parsed.value.value)
  if (!read.ok) return refuse((read.at ?? '').replace(/^\./, '') || 'the file', `must be ${read.must}`)
  const seed = addToSeed(base, read.value)
  try {
    checkSeed(seed)
  } catch (error) {
    if (error instanceof PlatformSeedError && error.property !== undefined)
      refuse(inFile(error.property, base), error.what ?? '')
    throw error
  }
  return seed
}

function addToSeed(base: PlatformSeed, read: Read<typeof seedRule>): PlatformSeed {
  const { providers = [], channels = [], loginChannels = [], users = [], friendships = [], groups = [], clock } = read
  return {
    providers: [...base.providers, ...providers],
    channels: [...base.channels, ...channels.map(completeChannel)],
    loginChannels: [...(base.loginChannels ?? []), ...loginChannels],
    users: [...base.users, ...users],
    friendships: [...base.friendships, ...friendships],
    groups: [...(base.groups ?? []), ...groups],
    ...(clock !== undefined && { clock }),
  }
}

/** As a new channel that uses its webhook where it has one. */
function completeChannel(read: Read<typeof channel>): ChannelSeed {
  const { webhook: hook = {} } = read
  return {
    kind: 'messaging',
    profile: 'current',
    accessTokens: [],
    allowLoopbackHttp: false,
    ...read,
    webhook: { ...hook, use: hook.use ?? hook.url !== undefined },
  }
}

/** `channels[0].webhook.url` as steps. */
function pathOf(property: string): (string | number)[] {
  return property.split(/[.[\]]+/).flatMap((step) => (step === '' ? [] : /^\d+$/.test(step) ? Number(step) : step))
}

/** The file's things stand behind the base's: counted from the file's own first. */
function inFile(property: string, base: PlatformSeed): string {
  const [, list = '', index = '', rest = ''] = /^(\w+)\[(\d+)\](.*)$/.exec(property) ?? []
  const before: Record<string, number> = {
    channels: base.channels.length,
    loginChannels: base.loginChannels?.length ?? 0,
    users: base.users.length,
    friendships: base.friendships.length,
    groups: base.groups?.length ?? 0,
  }
  return list === '' ? property : `${list}[${Number(index) - (before[list] ?? 0)}]${rest}`
}
