// How an attempt at a job ended, in the scheduler's words.
import type { NewJob } from '../core/jobs.ts'
import type { BatchMember, JobEnd, StoredJob } from '../store/port.ts'

/** `members`: the job is a batch of these. */
export interface AttemptJob extends StoredJob {
  members?: readonly BatchMember[]
}

export interface EndDraft extends Omit<JobEnd, 'jobs'> {
  jobs: readonly NewJob[]
}

export type Verdict =
  /** `free`: a repeat would do no harm, so the next of the lane may start before this is on disk. */
  | { kind: 'done'; end: EndDraft; free: boolean }
  /** Stays first in its lane, which rests for so long. */
  | {
      kind: 'park'
      delayMs: number
      attempts: number
      firstAttemptAtMs: number | undefined
      /** The gate has to pause too. */
      pauseGateMs?: number
    }
  /** Leaves its lane for one of its own, so that those behind it can go on. */
  | { kind: 'aside'; delayMs: number; attempts: number; lane: string }
  /** Nothing happened: the gate has to pause, and the job stays as it is. */
  | { kind: 'pause-gate'; delayMs: number }
  | { kind: 'batch-taken'; ends: readonly { lane: string; seq: number; end: EndDraft }[] }
  /** The batch was refused: its members go out alone. */
  | { kind: 'batch-split' }
