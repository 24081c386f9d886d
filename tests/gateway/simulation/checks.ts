// The invariants of the lanes, by number. Some hold at every moment, the others when a history is over.
import type { Engine } from './engine.ts'
import type { LineModel } from './line-model.ts'

/** Each finds rows that must not be. */
const ALWAYS: readonly [string, string][] = [
  [
    'I5: a lane without jobs',
    `SELECT lane FROM lane l WHERE NOT EXISTS
       (SELECT 1 FROM job j WHERE j.app_id = l.app_id AND j.queue = l.queue AND j.lane = l.lane)`,
  ],
  [
    'I5: a gap, a wrong tail, or jobs without a lane',
    `SELECT j.queue, j.lane FROM job j LEFT JOIN lane l ON j.app_id = l.app_id AND j.queue = l.queue AND j.lane = l.lane
     GROUP BY j.app_id, j.queue, j.lane, l.tail
     HAVING l.tail IS NULL OR max(j.seq) <> l.tail OR count(*) <> l.tail - min(j.seq) + 1`,
  ],
  [
    'I6: held by a batch, without one',
    `SELECT l.lane FROM lane l WHERE l.owner = -1 AND NOT EXISTS
       (SELECT 1 FROM job j JOIN lane b ON b.app_id = j.app_id AND b.queue = j.queue AND b.lane = 'b/' || j.batch AND b.owner >= 0
        WHERE j.app_id = l.app_id AND j.queue = l.queue AND j.lane = l.lane
          AND j.seq = (SELECT min(f.seq) FROM job f WHERE f.app_id = l.app_id AND f.queue = l.queue AND f.lane = l.lane))`,
  ],
  [
    'I6: in a batch, and the lane not held by it',
    `SELECT j.lane FROM job j JOIN lane l ON j.app_id = l.app_id AND j.queue = l.queue AND j.lane = l.lane
     WHERE j.batch IS NOT NULL AND l.owner <> -1`,
  ],
  [
    'I7: in a batch what may have been sent',
    `SELECT j.lane FROM job j JOIN lane l ON j.app_id = l.app_id AND j.queue = l.queue AND j.lane = l.lane
     WHERE j.batch IS NOT NULL AND (j.attempts > 0 OR j.marks > 0 OR j.seq <= l.taint)`,
  ],
]

export async function checkNow(engine: Engine, violated: (what: string) => void): Promise<void> {
  for (const [what, sql] of ALWAYS) {
    const found = await engine.all(sql)
    if (found.length > 0) violated(`${what}: ${JSON.stringify(found)}`)
  }
}

export interface History {
  /** Messages whose acceptance was answered. */
  answered: ReadonlySet<string>
  keyless: ReadonlySet<string>
  scheduled: ReadonlyMap<string, number>
  cancelled: ReadonlySet<string>
  delivered: ReadonlySet<string>
}

export async function checkEnd(
  engine: Engine,
  line: LineModel,
  history: History,
  violated: (what: string) => void,
): Promise<void> {
  await checkNow(engine, violated)
  const open = await engine.all('SELECT queue, lane, owner FROM lane')
  if (open.length > 0) violated(`I1: stuck: ${JSON.stringify(open.slice(0, 3))}`)
  const states = new Map<string, string>()
  for (const row of await engine.all('SELECT message_id, state FROM message'))
    states.set(String(row.message_id), String(row.state))

  const verdicts = new Map<string, number>()
  for (const { message_id } of await engine.all('SELECT message_id FROM note_state'))
    verdicts.set(String(message_id), (verdicts.get(String(message_id)) ?? 0) + 1)
  for (const [message, count] of verdicts) if (count > 1) violated(`I4: ${message} has ${count} verdicts`)

  const keysOf = new Map<string, Set<string>>()
  for (const { message, key } of line.acceptances) keysOf.set(message, (keysOf.get(message) ?? new Set()).add(key))
  for (const [message, keys] of keysOf) {
    if (keys.size > 1) violated(`I2: ${message} accepted under ${keys.size} keys`)
    if (states.get(message) !== 'sent' && !history.keyless.has(message))
      violated(`I1: ${message} accepted by LINE, and ${states.get(message)} here`)
  }
  for (const message of history.answered) {
    const state = states.get(message)
    if (state === undefined || state === 'queued') violated(`I1: ${message} was answered and is ${state}`)
    if (state === 'sent' && !keysOf.has(message)) violated(`I1: ${message} counts as sent and LINE does not have it`)
  }
  for (const [message, state] of states)
    if (state !== 'queued' && !history.delivered.has(`told-${message}`)) violated(`I1: nobody was told of ${message}`)
  for (const message of history.keyless)
    if ((line.requests.get(message) ?? 0) > 1) violated(`I11: ${message} went out twice without a key`)
  for (const message of history.cancelled)
    if (line.requests.has(message) || states.get(message) !== 'cancelled') violated(`I8: ${message} was cancelled`)

  const order = new Map<string, number>()
  const laneOf = new Map<string, string>()
  for (const row of await engine.all("SELECT id, lane, job_id FROM note_placed WHERE queue = 'send' ORDER BY id")) {
    const message = String(row.job_id)
    if (order.has(message)) violated(`I8: ${message} was placed twice`)
    order.set(message, Number(row.id))
    laneOf.set(message, String(row.lane))
  }
  const last = new Map<string, number>()
  const seen = new Set<string>()
  for (const { message } of line.acceptances) {
    if (seen.has(message)) continue
    seen.add(message)
    const lane = laneOf.get(message) ?? ''
    const at = order.get(message) ?? 0
    if (at < (last.get(lane) ?? 0)) violated(`I3: ${message} overtook in ${lane}`)
    last.set(lane, at)
  }
}
