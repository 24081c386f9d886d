// What happened, in order, and what caused it: user action -> webhook event -> delivery attempt -> API call ->
// message. A ring, bounded by count and by size; entries hold references to what they tell of and become text
// only when somebody reads them. Nothing secret is put in: callers shorten tokens before.

interface TimelineEntryBase {
  id: number
  atMs: number
  /** The entry that led to this one. */
  causeId?: number
}

/** A user did something in the phone, or a test in a user's name. */
export interface ActionEntry extends TimelineEntryBase {
  kind: 'action'
  /** Absent where the account's operator acts. */
  userId?: string
  act: ActName
  botUserId?: string
  /** The group or room. */
  chatId?: string
  /** Of the message that was tapped, edited, taken back or watched. */
  messageId?: string
  /** What was tapped, as a JSON pointer, and the kind of action there. */
  at?: string
  action?: string
}

export type ActName =
  | 'message'
  | 'add'
  | 'block'
  | 'unblock'
  | 'tap'
  | 'watch'
  | 'unsend'
  | 'edit'
  | 'create'
  | 'invite'
  | 'join'
  | 'leave'
  | 'remove'
  | 'beacon'
  | 'link'
  | 'operator'
  | 'login'

/** A webhook event arose. `notSent` says why no request will carry it. */
interface EventEntry extends TimelineEntryBase {
  kind: 'event'
  channelId: string
  webhookEventId: string
  type: string
  /** Its source, as far as the bot is told. */
  userId?: string
  chatId?: string
  notSent?: string
}

/** One webhook request. Its outcome is filled in when it ends. */
interface AttemptEntry extends TimelineEntryBase {
  kind: 'attempt'
  channelId: string
  url: string
  purpose: 'delivery' | 'redelivery' | 'verify'
  eventIds: number[]
  body: string
  /** HTTP status, 0 where no answer came, absent while it is on its way. */
  status?: number
  reason?: string
  detail?: string
  tookMs?: number
}

/** A bot called the API. Its outcome is filled in when it ends. */
interface CallEntry extends TimelineEntryBase {
  kind: 'call'
  method: string
  path: string
  requestId: string
  /** The operation's name in LINE's reference; absent where the path is none that is emulated. */
  operation?: string
  channelId?: string
  authorization?: string
  request?: string
  /** Remarks on a request that was taken, for example an http URL that LINE itself would refuse. */
  notes?: readonly string[]
  status?: number
  answer?: string
}

/** A message stands in a chat. */
interface MessageEntry extends TimelineEntryBase {
  kind: 'message'
  channelId?: string
  /** The user of a chat of two, or the member of a group or room who wrote it. */
  userId?: string
  /** The group or room. */
  chatId?: string
  from: 'user' | 'bot'
  messageId: string
  message: object
}

/** A fault that was asked for came about. */
interface FaultEntry extends TimelineEntryBase {
  kind: 'fault'
  ruleId: number
  /** What went wrong: the fault's kind. */
  fault: string
  /** A call has its operation; a webhook has none. */
  operation?: string
  channelId?: string
}

/** All state was replaced at once: nothing from before is here any more. */
interface StateEntry extends TimelineEntryBase {
  kind: 'state'
  act: 'reset' | 'restored'
  snapshot?: string
}

/** A file that a bot named was loaded. Its outcome is filled in when it ends. */
interface MediaEntry extends TimelineEntryBase {
  kind: 'media'
  url: string
  sizeBytes?: number
  format?: string
  /** Why nobody sees it. */
  fault?: { limit: string; allowed: string | number; found: string | number }
}

export type TimelineEntry =
  | ActionEntry
  | EventEntry
  | AttemptEntry
  | CallEntry
  | MessageEntry
  | MediaEntry
  | FaultEntry
  | StateEntry

export const TIMELINE_KINDS = [
  'action',
  'event',
  'attempt',
  'call',
  'message',
  'media',
  'fault',
  'state',
] as const satisfies readonly TimelineEntry['kind'][]

/** What becomes known of an entry after it was added. */
type LaterFields = Partial<
  Pick<CallEntry, 'request' | 'notes' | 'status' | 'answer'> &
    Pick<AttemptEntry, 'status' | 'reason' | 'detail' | 'tookMs'> &
    Pick<MediaEntry, 'sizeBytes' | 'format' | 'fault'>
>

export type TimelineListener = (entry: TimelineEntry, what: 'added' | 'changed') => void

type WithoutId<T> = T extends TimelineEntry ? Omit<T, 'id'> & { id?: never } : never
export type NewTimelineEntry = WithoutId<TimelineEntry>

const MOST_ENTRIES = 20_000
const MOST_BYTES = 64 * 1024 * 1024
const ENTRY_OVERHEAD_BYTES = 400

export class Timeline {
  readonly #entries: (TimelineEntry | undefined)[] = []
  readonly #sizes: number[] = []
  readonly #mostEntries: number
  readonly #mostBytes: number
  #oldestId = 1
  #nextId = 1
  #sizeBytes = 0
  readonly #waiting = new Set<() => void>()
  readonly #listeners = new Set<TimelineListener>()

  constructor(mostEntries = MOST_ENTRIES, mostBytes = MOST_BYTES) {
    this.#mostEntries = mostEntries
    this.#mostBytes = mostBytes
  }

  get lastId(): number {
    return this.#nextId - 1
  }

  /** @param textLength characters of the texts that the entry holds on to */
  add(fields: NewTimelineEntry, textLength: number): number {
    const id = this.#nextId++
    const slot = id % this.#mostEntries
    if (id - this.#oldestId >= this.#mostEntries) this.#dropOldest()
    const entry = fields as unknown as TimelineEntry // it gets the one field it lacks here, without a copy
    entry.id = id
    this.#entries[slot] = entry
    this.#sizes[slot] = 0
    this.#grow(id, ENTRY_OVERHEAD_BYTES / 2 + textLength)
    if (this.#waiting.size > 0) this.#wake()
    if (this.#listeners.size > 0) this.#tell(entry, 'added')
    return id
  }

  /** Puts fields into an entry that were not known when it was added. */
  fill(id: number, fields: LaterFields, textLength = 0): void {
    const entry = this.find(id)
    if (entry === undefined) return
    Object.assign(entry, fields)
    if (textLength > 0) this.#grow(id, textLength)
    if (this.#listeners.size > 0) this.#tell(entry, 'changed')
  }

  /** Forgets all entries; ids go on, so that a reader's last id stays one of the past. */
  clear(): void {
    this.#entries.fill(undefined)
    this.#oldestId = this.#nextId
    this.#sizeBytes = 0
  }

  /** Counts texts that were put into an entry after it was added. */
  #grow(id: number, textLength: number): void {
    if (id < this.#oldestId) return
    const slot = id % this.#mostEntries
    const bytes = textLength * 2 // two bytes a character, the worst case
    this.#sizes[slot] = (this.#sizes[slot] ?? 0) + bytes
    this.#sizeBytes += bytes
    while (this.#sizeBytes > this.#mostBytes && this.#oldestId < this.#nextId - 1) this.#dropOldest()
  }

  /** For what turned out to be caused by something only after it was added. */
  setCause(id: number, causeId: number): void {
    const entry = this.find(id)
    if (entry === undefined) return
    entry.causeId = causeId
    if (this.#listeners.size > 0) this.#tell(entry, 'changed')
  }

  find(id: number): TimelineEntry | undefined {
    return id >= this.#oldestId && id < this.#nextId ? this.#entries[id % this.#mostEntries] : undefined
  }

  /** The entries after that id, oldest first. An id from before a restart, greater than any here, reads from the start. */
  after(id: number, limit: number): TimelineEntry[] {
    const found: TimelineEntry[] = []
    const from = id > this.lastId ? this.#oldestId : Math.max(id + 1, this.#oldestId)
    for (let next = from; next < this.#nextId && found.length < limit; next++) {
      const entry = this.#entries[next % this.#mostEntries]
      if (entry !== undefined) found.push(entry)
    }
    return found
  }

  /** The newest entries, oldest first. */
  newest(limit: number): TimelineEntry[] {
    return this.after(Math.max(this.lastId - limit, 0), limit)
  }

  /** Calls back once, at the next entry. The answer takes the wish back. */
  onNext(callback: () => void): () => void {
    this.#waiting.add(callback)
    return () => this.#waiting.delete(callback)
  }

  /** Hears of every entry that is added or changes, until the answer is called. */
  listen(listener: TimelineListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(entry: TimelineEntry, what: 'added' | 'changed'): void {
    for (const listener of [...this.#listeners]) listener(entry, what)
  }

  #dropOldest(): void {
    const slot = this.#oldestId % this.#mostEntries
    this.#sizeBytes -= this.#sizes[slot] ?? 0
    this.#entries[slot] = undefined
    this.#oldestId += 1
  }

  #wake(): void {
    const callbacks = [...this.#waiting]
    this.#waiting.clear()
    for (const callback of callbacks) callback()
  }
}

/** A token as it may stand in the timeline: enough to tell two apart, not enough to use. */
export function shortenSecret(secret: string): string {
  return secret.length <= 12 ? '***' : `${secret.slice(0, 4)}***`
}
