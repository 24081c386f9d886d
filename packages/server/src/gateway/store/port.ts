// The hot statements behind one port: rows go in and out as data, so that each can run on another engine or in
// another thread. What is delivered stands in lanes. A lane is what is leased, never a job:
//   - whoever inserts a lane's row owns it and delivers from memory; accept never takes a lane that exists
//   - the owner gives a lane back only if `tail` is still the last seq it finished; else it loads what came since
//   - every change by the owner says "owner = me and lease = mine"
import type { AppId, CallbackId, ConnectorAccountId, WebhookId } from '../core/ids.ts'
import type { CallbackDraft, Failure } from '../core/model.ts'
import type { Acceptance, MessageKey, Recipients, StoredSend } from '../core/ports.ts'
import type { InboundEffect } from '../core/receive-event.ts'

export interface LaneRef {
  appId: AppId
  lane: string
  lease: number
}

export interface LaneJob<Job> {
  seq: number
  job: Job
}

/** A job just stored. `mine`: its lane is leased to this process. */
export interface TakenJob<Job> extends LaneJob<Job> {
  ref: LaneRef
  mine: boolean
}

interface ClaimedLane<Job> {
  ref: LaneRef
  jobs: LaneJob<Job>[]
}

export type Verdict<Effect> =
  | { kind: 'done'; effect: Effect }
  /** Stays first in its lane, which rests until then. */
  | { kind: 'park'; dueMs: number; attempts: number; firstAttemptAtMs: number | undefined }
  /** Leaves its lane for one of its own, so that those behind it can go on. */
  | { kind: 'aside'; dueMs: number; attempts: number }

export interface Completed<Effect> {
  ref: LaneRef
  seq: number
  verdict: Verdict<Effect>
}

export type LaneState = { kind: 'lost' } | { kind: 'released' } | { kind: 'parked' } | { kind: 'more'; tail: number }

/** Whoever delivers a queue's jobs. */
export interface Holder<Job> {
  /** False where memory is full: new lanes then wait in the table. */
  hasRoom(): boolean
  took(jobs: readonly TakenJob<Job>[]): void
}

export interface JobQueue<Job, Effect> {
  attach(holder: Holder<Job>): void
  complete(item: Completed<Effect>): Promise<LaneState>
  /** Lanes that are due and nobody's, or a dead process's. */
  claim(mostLanes: number, mostJobsPerLane: number): Promise<ClaimedLane<Job>[]>
  load(ref: LaneRef, afterSeq: number, most: number): Promise<LaneJob<Job>[]>
  nextDueMs(): Promise<number | undefined>
}

export interface SendEffect extends MessageKey {
  final: { state: 'sent' } | { state: 'failed'; failure: Failure }
  atMs: number
  callbacks: readonly CallbackDraft[]
}

export interface CallbackJob {
  appId: AppId
  callbackId: CallbackId
  webhookId: WebhookId
  trigger: string
  body: string
  attempts: number
  createdAtMs: number
}

export type CallbackEffect = { kind: 'delivered' } | { kind: 'dead'; reason: string; atMs: number; attempts: number }

export interface LineEventRow {
  appId: AppId
  lineChannelId: ConnectorAccountId
  dedupeKey: string
  destination: string
  event: string
  receivedAtMs: number
}

export interface OpenLineEvent extends LineEventRow {
  seq: number
}

export interface ProcessedLineEvent {
  seq: number
  atMs: number
  effect: InboundEffect | undefined
}

export interface LineEvents {
  onStored(wake: () => void): void
  store(row: LineEventRow): Promise<'stored' | 'duplicate' | 'full'>
  open(afterSeq: number, most: number): Promise<OpenLineEvent[]>
  /** The events' messages, callbacks and their marks as processed: all or nothing. */
  complete(events: readonly ProcessedLineEvent[]): Promise<void>
  /** Forgets processed events; returns how many. */
  purge(processedBeforeMs: number, most: number): Promise<number>
}

export interface HotStore {
  recipients: Recipients
  acceptance: Acceptance
  sends: JobQueue<StoredSend, SendEffect>
  callbacks: JobQueue<CallbackJob, CallbackEffect>
  lineEvents: LineEvents
  /** Throws where nothing can be written. */
  probe(): Promise<void>
}
