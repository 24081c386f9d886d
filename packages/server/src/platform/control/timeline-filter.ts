// Which entries of the timeline somebody wants to see: by kind, by channel, by user.
import { TIMELINE_KINDS, type Timeline, type TimelineEntry } from '../timeline.ts'
import { type FieldRule, textOf } from './read-fields.ts'

const LONGEST_CHAIN = 20

const kinds: FieldRule<ReadonlySet<string>> = (value) => {
  const names = typeof value === 'string' ? value.split(',') : []
  return names.length > 0 && names.every((name) => TIMELINE_KINDS.some((kind) => kind === name))
    ? { ok: true, value: new Set(names) }
    : { ok: false, must: `one or more of ${TIMELINE_KINDS.join(', ')}, joined by commas` }
}

export const FILTER_FIELDS = { kind: kinds, channelId: textOf(1, 20), userId: textOf(1, 40) }

export interface TimelineFilter {
  kind?: ReadonlySet<string> | undefined
  channelId?: string | undefined
  userId?: string | undefined
}

export const filtersNothing = ({ kind, channelId, userId }: TimelineFilter): boolean =>
  kind === undefined && channelId === undefined && userId === undefined

export function fits(entry: TimelineEntry, { kind, channelId, userId }: TimelineFilter, timeline: Timeline): boolean {
  if (kind !== undefined && !kind.has(entry.kind)) return false
  if (channelId !== undefined && !anyCause(entry, timeline, (one) => isOfChannel(one, channelId))) return false
  return userId === undefined || anyCause(entry, timeline, (one) => isOfUser(one, userId))
}

/** A reply names no user, but it was caused by an event of one: what led to an entry counts with it. */
function anyCause(entry: TimelineEntry, timeline: Timeline, isWanted: (entry: TimelineEntry) => boolean): boolean {
  let one: TimelineEntry | undefined = entry
  for (let i = 0; one !== undefined && i < LONGEST_CHAIN; i++) {
    if (isWanted(one)) return true
    one = one.causeId === undefined ? undefined : timeline.find(one.causeId)
  }
  return false
}

const isOfChannel = (entry: TimelineEntry, channelId: string): boolean =>
  'channelId' in entry && entry.channelId === channelId

function isOfUser(entry: TimelineEntry, userId: string): boolean {
  switch (entry.kind) {
    case 'action':
    case 'event':
    case 'message':
      return entry.userId === userId
    case 'attempt':
      return entry.body.includes(userId)
    case 'call':
      return entry.path.includes(userId) || (entry.request?.includes(userId) ?? false)
    case 'fault':
    case 'media':
    case 'state':
      return false
    default:
      return entry satisfies never
  }
}
