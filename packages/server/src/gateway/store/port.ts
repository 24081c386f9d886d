// The hot statements behind one port, the same for every engine: rows go in and out as data, and each statement
// happens whole or not at all. What is worked off (sends, callbacks, events of LINE) are jobs in lanes:
//   lane    jobs of one order; its row exists exactly while it has jobs; `tail` is the last seq given out in it
//   owner   who works a lane off: a worker's id, 0 nobody, -1 a batch. Whoever inserts a lane's row owns it; a lane that
//           exists is never taken by storing a job in it, only by a claim
//   lease   number of the statement that gave a worker the lane, never used again by that worker
//   fence   every change by the owner says "owner = me and lease = mine"
//   worker  one life of a process; given up, not repaired, where the process cannot know what a statement did
//   gate    what a lane's jobs go through, such as one LINE channel; a gate can pause
//   batch   jobs of several lanes that go out together; it is a lane of its own with one job
import type { AppId, ConnectorAccountId, ContactId, MessageId } from '../core/ids.ts'
import type { NewJob, QueueName } from '../core/jobs.ts'
import type { ChannelName, DialectName, Failure, Message, MessageState } from '../core/model.ts'
import type { Recipient, RecipientCandidate } from '../core/ports.ts'

export interface LaneRef {
  appId: AppId
  queue: QueueName
  lane: string
  owner: number
  lease: number
}

/** `take`: the storing process has room for it, should its lane be new. */
export interface OfferedJob extends NewJob {
  take: boolean
}

export interface StoredJob extends NewJob {
  seq: number
  attempts: number
  firstAttemptAtMs: number | undefined
  /** Attempts that were marked before they were made; see `mark`. */
  marks: number
  noBatch: boolean
}

/** Who stores or claims, with a new lease number. */
export interface Taker {
  worker: number
  lease: number
}

export interface PlacedJob {
  ref: LaneRef
  seq: number
}

export type MessageRow = Message & { dialect: DialectName | undefined }

/** What is accepted together or not at all. */
export interface AcceptUnit {
  message?: MessageRow
  /** The unit is stored once per key; its answer is the message's id. */
  idempotency?: { key: string; requestHash: string; atMs: number }
  /** The unit is stored once per dedupe key; its job is the event. */
  event?: { lineChannelId: ConnectorAccountId; dedupeKey: string; event: string; receivedAtMs: number }
  jobs: OfferedJob[]
  scheduled?: { job: NewJob; dueMs: number }
}

export type AcceptAnswer =
  | { kind: 'accepted'; placed: PlacedJob[] }
  /** There before: the message of the first request, if it had one. */
  | { kind: 'known'; messageId: MessageId | undefined; requestHash: string | undefined }

interface MessageVerdict {
  messageId: MessageId
  state: MessageState
  failure: Failure | undefined
  atMs: number
}

/** What the end of a job brings with it, in the same statement. */
export interface JobEnd {
  verdict?: MessageVerdict
  received?: MessageRow
  /** `definite`: it was refused, so that a replay needs a new retry key. */
  dead?: { reason: string; definite: boolean; attempts: number; atMs: number }
  jobs: OfferedJob[]
}

export interface LaneCompletion {
  ref: LaneRef
  /** All up to here are over. */
  upto: number
  /** One for each that is over since the last completion; none for one that goes aside. */
  ends: { seq: number; end: JobEnd }[]
  rest?:
    | { kind: 'park'; delayMs: number; attempts: number; firstAttemptAtMs: number | undefined }
    /** The last one, `upto`, leaves for a lane of its own, so that those behind it can go on. */
    | { kind: 'aside'; delayMs: number; attempts: number; lane: string }
  /** Carried back with the answer: tells which of its requests a lane is answered. */
  token: number
}

export type LaneState = { token: number } & (
  | { kind: 'lost' }
  | { kind: 'released' }
  | { kind: 'parked' }
  | { kind: 'held'; tail: number }
)

export interface CompleteAnswer {
  states: LaneState[]
  /** In the order of the ends' jobs; undefined where the end was not written. */
  placed: (PlacedJob | undefined)[]
}

export interface Beat {
  alive: boolean
  /** Workers whose lanes anybody may claim. */
  dead: number[]
}

export interface Look {
  /** Gates with lanes to claim, the urgent first; when the first of each is due. */
  waiting: { gate: string; dueInMs: number }[]
  /** By name, without priority. */
  paused: { name: string; forMs: number }[]
}

export interface ClaimedLane {
  ref: LaneRef
  /** A worker that died may have sent what has this seq or a lower one. */
  taint: number
}

export interface BatchMember {
  lane: string
  seq: number
  jobId: string
  body: string
}

export type BatchOutcome =
  | { kind: 'taken'; ends: { lane: string; seq: number; end: JobEnd }[] }
  /** Each goes out alone from now on, under a new key. */
  | { kind: 'split' }

export interface DeadLetterFilter {
  appId?: AppId
  queue?: QueueName
  jobId?: string
  /** The gate's name: a webhook's or an account's id. */
  gateName?: string
  diedSinceMs?: number
}

interface WorkerStatements {
  /** A new life; the one it replaces is dead from then on. */
  register(replaced: number | undefined): Promise<number>
  beat(worker: number): Promise<Beat>
  /** Its lanes can be claimed by others at once. */
  leave(worker: number): Promise<void>
}

interface StoringStatements {
  accept(taker: Taker, units: readonly AcceptUnit[]): Promise<AcceptAnswer[]>
  ensureRecipients(taker: Taker, candidates: readonly OfferedCandidate[]): Promise<EnsuredRecipients>
  complete(taker: Taker, items: readonly LaneCompletion[]): Promise<CompleteAnswer>
}

export interface OfferedCandidate extends Omit<RecipientCandidate, 'callbacks'> {
  jobs: OfferedJob[]
}

interface EnsuredRecipients {
  recipients: Recipient[]
  placed: (PlacedJob | undefined)[]
}

interface TakingStatements {
  look(queue: QueueName, owners: readonly number[]): Promise<Look>
  claim(
    taker: Taker,
    queue: QueueName,
    owners: readonly number[],
    gates: readonly { gate: string; most: number }[],
  ): Promise<ClaimedLane[]>
  /** undefined: the lane is held no longer. */
  load(asks: readonly { ref: LaneRef; afterSeq: number }[], most: number): Promise<(StoredJob[] | undefined)[]>
  /** Before an attempt without retry key. `marks`: how many there were before. False: the lane is held no longer. */
  mark(asks: readonly { ref: LaneRef; seq: number; marks: number }[]): Promise<boolean[]>
}

interface BatchStatements {
  /** Puts the lanes' first jobs under one batch, which becomes a lane of the taker's; those that cannot join stay. */
  form(taker: Taker, members: readonly { ref: LaneRef; seq: number }[], batch: NewJob): Promise<boolean[]>
  members(appId: AppId, batchJobId: string): Promise<BatchMember[]>
  /** undefined: the batch is held no longer. Jobs are placed in the order of the ends' jobs. */
  finishBatch(
    taker: Taker,
    ref: LaneRef,
    batchJobId: string,
    outcome: BatchOutcome,
  ): Promise<(PlacedJob | undefined)[] | undefined>
}

interface ScheduleStatements {
  /** What is due takes its place at the end of its lane; returns how many did. */
  releaseDue(most: number): Promise<number>
  nextScheduledInMs(): Promise<number | undefined>
  /** False: it is too late, or there is no such job. */
  cancel(taker: Taker, appId: AppId, jobId: string, end: JobEnd): Promise<(PlacedJob | undefined)[] | false>
}

export interface DeadLetterStatements {
  countDead(filter: DeadLetterFilter): Promise<number>
  /** Puts at most so many back into their lanes, the oldest first; returns how many. */
  replayDead(filter: DeadLetterFilter, most: number): Promise<number>
}

interface GateStatements {
  /** Nobody claims lanes of the gate for so long; a longer pause stands. */
  pauseGate(appId: AppId, name: string, forMs: number): Promise<void>
}

interface RecipientLookUps {
  findRecipient(appId: AppId, channel: ChannelName, identity: string): Promise<Partial<Recipient> | undefined>
  identityOf(appId: AppId, contactId: ContactId): Promise<{ channel: ChannelName; identity: string } | undefined>
}

export interface Statements
  extends WorkerStatements,
    StoringStatements,
    TakingStatements,
    BatchStatements,
    ScheduleStatements,
    DeadLetterStatements,
    GateStatements,
    RecipientLookUps {
  /** Forgets events of LINE and idempotency keys that are old; returns how many. */
  forget(before: { eventsMs: number; idempotencyMs: number }, most: number): Promise<number>
  /** Throws where nothing can be written. */
  probe(worker: number): Promise<void>
}
