// Situations too rare for random histories, played on the statements themselves. Each answers whether the rule was broken.
import type { AppId } from '../../../packages/server/src/gateway/core/ids.ts'
import { gateOf, type NewJob } from '../../../packages/server/src/gateway/core/jobs.ts'
import type { AcceptAnswer, LaneRef, Statements } from '../../../packages/server/src/gateway/store/port.ts'

export type Directed = (statements: Statements) => Promise<boolean>

const APP = '00000000-0000-7000-8000-000000000001' as AppId // a UUID is one

const job = (lane: string, jobId: string): NewJob => ({
  appId: APP,
  queue: 'send',
  lane,
  gate: gateOf('account'),
  jobId,
  retryKey: `key-${jobId}`,
  coalesceHash: 'equal',
  body: '{}',
})

async function accept(
  statements: Statements,
  worker: number,
  lease: number,
  lane: string,
  id: string,
): Promise<LaneRef> {
  const unit = { jobs: [{ ...job(lane, id), take: true }] }
  const [answer] = (await statements.accept({ worker, lease }, [unit])) as [AcceptAnswer] // one for each
  const [placed] = answer.kind === 'accepted' ? answer.placed : []
  if (placed === undefined) throw new Error('not accepted')
  return placed.ref
}

const formOf = (statements: Statements, worker: number, ref: LaneRef): Promise<boolean[]> =>
  statements.form({ worker, lease: 100 }, [{ ref, seq: 1 }], { ...job('b/batch', 'batch'), coalesceHash: undefined })

/** A process sends, and dies before it can tell. Its heir must not send the same under another key. */
export const heirOfASender: Directed = async (statements) => {
  const sender = await statements.register(undefined)
  await accept(statements, sender, 1, '1/a', 'm1')
  const heir = await statements.register(sender)
  const { dead } = await statements.beat(heir)
  const gates = [{ gate: gateOf('account'), most: 10 }]
  const [claimed] = await statements.claim({ worker: heir, lease: 1 }, 'send', [0, ...dead], gates)
  if (claimed === undefined) throw new Error('nothing to claim')
  return (await formOf(statements, heir, claimed.ref)).includes(true)
}

/** A process wakes up late with a job in memory that others have sent; its lane has ended and begun anew since. */
export const laterLifeOfALane: Directed = async (statements) => {
  const sleeper = await statements.register(undefined)
  const early = await accept(statements, sleeper, 1, '1/a', 'm1')
  await statements.complete({ worker: sleeper, lease: 2 }, [
    { ref: early, upto: 1, ends: [{ seq: 1, end: { jobs: [] } }], token: 1 },
  ])
  await accept(statements, sleeper, 3, '1/a', 'm2')
  return (await formOf(statements, sleeper, early)).includes(true)
}

/** A completion is asked again after an answer that was lost, and meets a later life of its lane: same owner, same tail. */
export const completionAskedAgain: Directed = async (statements) => {
  const worker = await statements.register(undefined)
  const ref = await accept(statements, worker, 1, '1/a', 'm1')
  const item = { ref, upto: 1, ends: [{ seq: 1, end: { jobs: [] } }], token: 1 }
  await statements.complete({ worker, lease: 2 }, [item])
  await accept(statements, worker, 3, '1/a', 'm2')
  const { states } = await statements.complete({ worker, lease: 4 }, [item])
  return states[0]?.kind !== 'lost'
}
