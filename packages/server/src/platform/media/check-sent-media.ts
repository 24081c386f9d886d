// Checks the files that a bot names at the moment it sends them: only where the channel's `checkMedia` is on. LINE
// itself looks at none of them then, and its apps show a broken picture later.
import { type Message, parseJson, validateMessages } from '@hatoba/line/wire'
import type { LineChannel } from '../accounts/channels.ts'
import type { PlatformCore } from '../core.ts'
import { describeFault, faultOf } from './check-file.ts'
import { filesOf, type NamedFile } from './message-files.ts'

const MOST_AT_ONCE = 8

export interface BadFile {
  /** As LINE names properties: `messages[0].originalContentUrl`. */
  property: string
  message: string
}

/** @param rawText a request body; what is wrong with anything but its files is none of this check's business */
export async function checkSentMedia(
  core: PlatformCore,
  channel: LineChannel,
  rawText: string,
  causeId: number,
): Promise<BadFile[]> {
  const parsed = parseJson(rawText)
  const body = parsed.ok ? parsed.value.value : undefined
  const messages = typeof body === 'object' && body !== null && 'messages' in body ? body.messages : undefined
  // Nothing is fetched for a send that is refused anyway: its operation says why.
  const checked = validateMessages(messages, channel)
  if (!checked.ok) return []
  const files = checked.value.flatMap((message, i) => namedIn(message, i, channel))
  const bad: BadFile[] = []
  for (let from = 0; from < files.length; from += MOST_AT_ONCE) {
    const faults = files.slice(from, from + MOST_AT_ONCE).map((file) => checkFile(core, channel, file, causeId))
    for (const fault of await Promise.all(faults)) if (fault !== undefined) bad.push(fault)
  }
  return bad
}

type SentFile = NamedFile & { property: string }

function namedIn(message: Message, index: number, channel: LineChannel): SentFile[] {
  return filesOf(message, channel.profile).map((file) => ({ ...file, property: propertyOf(index, file.at) }))
}

async function checkFile(
  core: PlatformCore,
  channel: LineChannel,
  { url, limits, property }: SentFile,
  causeId: number,
): Promise<BadFile | undefined> {
  const file = await core.media.load(url, reachOf(channel), causeId)
  const fault = file.ok ? limits && faultOf(file, limits) : file.fault
  return fault ? { property, message: describeFault(fault) } : undefined
}

export const reachOf = ({ allowLoopbackHttp }: LineChannel) => (allowLoopbackHttp ? 'loopback' : 'public')

/** `/template/columns/0/imageUrl` as `messages[1].template.columns[0].imageUrl`. */
function propertyOf(index: number, at: string): string {
  const steps = at.slice(1).split('/')
  return steps.reduce(
    (path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : `${path}.${step}`),
    `messages[${index}]`,
  )
}
