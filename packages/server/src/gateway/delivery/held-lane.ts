// A lane in this process's memory.
import type { BatchMember, LaneRef, StoredJob } from '../store/port.ts'
import type { EndDraft } from './verdict.ts'

export interface HeldLane {
  readonly ref: LaneRef
  readonly key: string
  /** What has this seq or a lower one may have been sent by a worker that died. */
  readonly taint: number
  /** The last seq that is, or was, in memory. */
  known: number
  jobs: StoredJob[]
  /** An attempt, a mark or a batch is under way with its first job. */
  busy: boolean
  waiting: boolean
  /** The next job starts only once the completion with this token, or a later one, is answered. */
  waitsFor: number | undefined
  /** Over, and not yet on its way to disk. */
  ends: { seq: number; end: EndDraft }[]
  upto: number
  rest: Rest | undefined
  /** A completion is on its way. */
  completing: boolean
  loading: boolean
  /** Held no longer; what was under way is completed all the same, and its fence decides. */
  dropped: boolean
  members: readonly BatchMember[] | undefined
}

export type Rest =
  | { kind: 'park'; delayMs: number; attempts: number; firstAttemptAtMs: number | undefined }
  | { kind: 'aside'; delayMs: number; attempts: number; lane: string }

export const laneKey = ({ appId, lane }: LaneRef): string => `${appId}/${lane}`

export const heldLane = (ref: LaneRef, taint: number, members?: readonly BatchMember[]): HeldLane => ({
  ref,
  key: laneKey(ref),
  taint,
  known: 0,
  jobs: [],
  busy: false,
  waiting: false,
  waitsFor: undefined,
  ends: [],
  upto: 0,
  rest: undefined,
  completing: false,
  loading: false,
  dropped: false,
  members,
})

/** The text by which the lane's first job may be sent together with others, if it was certainly never sent. */
export function coalesceHash(lane: HeldLane): string | undefined {
  const [head] = lane.jobs
  if (head === undefined || lane.members !== undefined || lane.ends.length > 0 || lane.completing) return undefined
  if (head.attempts > 0 || head.marks > 0 || head.noBatch || head.seq <= lane.taint) return undefined
  return head.coalesceHash === undefined ? undefined : `${head.appId}/${head.coalesceHash}`
}
