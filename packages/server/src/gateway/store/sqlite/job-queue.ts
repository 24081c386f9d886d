// One queue of jobs in lanes: completion, claim and load for whatever table the jobs stand in.
import type { Clock } from '../../../kit/clock.ts'
import type { AppId } from '../../core/ids.ts'
import type { Activity } from '../../delivery/activity.ts'
import { Gather } from '../gather.ts'
import type { Completed, Holder, JobQueue, LaneJob, LaneRef, LaneState, TakenJob } from '../port.ts'
import type { Place, SqliteLanes } from './lanes.ts'
import type { CallbackUnit } from './transaction.ts'

/** The table a queue's jobs stand in. */
export interface JobTable<Job, Effect> {
  load(appId: AppId, lane: string, afterSeq: number, most: number): LaneJob<Job>[]
  /** Deletes the job and does what its end brings with it. Nothing where it is gone already. */
  finish(appId: AppId, lane: string, seq: number, effect: Effect): void
  recordAttempt(appId: AppId, lane: string, seq: number, attempts: number, firstAttemptAtMs: number | undefined): void
  /** Moves the job into a lane of its own, named by the callback. */
  moveAside?(appId: AppId, lane: string, seq: number, place: (lane: string) => Place): void
}

export interface SqliteJobQueue<Job, Effect> extends JobQueue<Job, Effect> {
  /** Gives a job that is being stored its place, within the transaction that stores it. */
  place(appId: AppId, lane: string, lease: number, nowMs: number): Place
  newLease(): number
  /** After the commit. */
  announce(jobs: readonly TakenJob<Job>[]): void
}

export function sqliteJobQueue<Job, Effect>(
  lanes: SqliteLanes,
  table: JobTable<Job, Effect>,
  options: { clock: Clock; activity: Activity; unit: CallbackUnit },
): SqliteJobQueue<Job, Effect> {
  const { clock, activity, unit } = options
  let holder: Holder<Job> | undefined

  function completeOne({ ref, seq, verdict }: Completed<Effect>): LaneState {
    const tail = lanes.tail(ref)
    if (tail === undefined) return { kind: 'lost' }
    const { appId, lane } = ref
    if (verdict.kind === 'park') {
      table.recordAttempt(appId, lane, seq, verdict.attempts, verdict.firstAttemptAtMs)
      lanes.park(ref, verdict.dueMs)
      return { kind: 'parked' }
    }
    if (verdict.kind === 'done') {
      table.finish(appId, lane, seq, verdict.effect)
    } else {
      table.recordAttempt(appId, lane, seq, verdict.attempts, undefined)
      table.moveAside?.(appId, lane, seq, (own) => lanes.take(appId, own, lanes.newLease(), false, verdict.dueMs))
    }
    if (tail > seq) return { kind: 'more', tail }
    lanes.release(ref)
    return { kind: 'released' }
  }

  const completions = new Gather<Completed<Effect>, LaneState>(activity, (items) =>
    unit.transact(() => items.map(completeOne)),
  )

  return {
    attach(newHolder) {
      holder = newHolder
    },
    place: (appId, lane, lease, nowMs) => lanes.take(appId, lane, lease, holder?.hasRoom() ?? false, nowMs),
    newLease: lanes.newLease,
    announce: (jobs) => holder?.took(jobs),
    complete: (item) => completions.add(item),
    async claim(mostLanes, mostJobsPerLane) {
      const refs = unit.transact(() => lanes.claim(clock.now(), mostLanes))
      return refs.map((ref) => ({ ref, jobs: table.load(ref.appId, ref.lane, 0, mostJobsPerLane) }))
    },
    load: async ({ appId, lane }: LaneRef, afterSeq, most) => table.load(appId, lane, afterSeq, most),
    nextDueMs: async () => lanes.nextDueMs(),
  }
}
