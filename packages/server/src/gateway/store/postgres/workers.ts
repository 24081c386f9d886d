// The lives of processes. Each holds an advisory lock on a session of its own while it lives: PostgreSQL itself knows
// then that a killed process is gone. One that only falls silent is held for dead later.
import { Client } from 'pg'
import type { Logger } from '../../../kit/log.ts'
import type { Beat, Statements } from '../port.ts'
import { inDoubt, poolConfig, type Session } from './session.ts'

const SILENT_MS = 10_000
/** The first half of the locks' keys; the second is the worker's id. */
const LOCKS = 77
const FORGET_DEAD_AFTER_MS = 3_600_000
const RETAKE_PAUSE_MS = 500

const REGISTER = `INSERT INTO worker (id, beat_ms) VALUES ($1, now_ms())`
const BURY = 'UPDATE worker SET dead = 1 WHERE id = $1'
const BEAT = 'UPDATE worker SET beat_ms = now_ms() WHERE id = $1 AND dead = 0 RETURNING id'
const BURY_SILENT = 'UPDATE worker SET dead = 1 WHERE dead = 0 AND id <> $1 AND beat_ms < now_ms() - $2'
const WITHOUT_LOCK = `SELECT id FROM worker w WHERE dead = 0 AND id <> $1 AND NOT EXISTS
  (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = ${LOCKS} AND l.objid = w.id AND l.objsubid = 2 AND l.granted
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))`
const BURY_PROVEN = 'UPDATE worker SET dead = 1 WHERE dead = 0 AND id = ANY($1::bigint[])'
const DEAD = 'SELECT id FROM worker WHERE dead = 1 ORDER BY id'
const FORGET = `DELETE FROM worker w WHERE dead = 1 AND beat_ms < now_ms() - ${FORGET_DEAD_AFTER_MS}
  AND NOT EXISTS (SELECT 1 FROM lane WHERE queue IN ('send', 'callback', 'inbound') AND owner = w.id)`

export interface Lives extends Pick<Statements, 'register' | 'beat' | 'leave'> {
  close(): Promise<void>
}

export function workers(
  { ask }: Session,
  {
    url,
    log,
    silentMs = SILENT_MS,
    withLocks = true,
  }: { url: string; log: Logger; silentMs?: number; withLocks?: boolean },
): Lives {
  let lock: Client | undefined
  let locked: number | undefined
  let suspects: readonly number[] = []
  let beats = 0
  let closed = false

  /** Before the worker's row is there, or others would see it without its lock. */
  async function takeLock(worker: number): Promise<void> {
    const { max: _max, ...config } = poolConfig(url)
    const client = new Client({ ...config, application_name: 'hatoba-worker' })
    client.on('error', (error) => log.warn({ err: error, worker }, 'the session of the worker lock ended'))
    client.on('end', () => {
      if (lock === client && !closed) retake(worker)
    })
    try {
      await client.connect()
      await client.query('SELECT pg_advisory_lock($1, $2)', [LOCKS, worker])
    } catch (error) {
      client.end().catch(() => {}) // it never was of use
      throw inDoubt(error)
    }
    const before = lock
    lock = client
    locked = worker
    beats = 0 // whoever was away does not judge others at once
    suspects = []
    before?.end().catch(() => {}) // its lock ends with it, whatever it answers
  }

  function retake(worker: number): void {
    if (closed || locked !== worker) return
    takeLock(worker).catch((error: unknown) => {
      log.warn({ err: error, worker }, 'the worker lock could not be taken again')
      setTimeout(() => retake(worker), RETAKE_PAUSE_MS).unref()
    })
  }

  return {
    async register(replaced) {
      const [row] = await ask('next-worker', "SELECT nextval(pg_get_serial_sequence('worker', 'id')) AS id")
      const worker = Number(row?.id)
      if (withLocks) await takeLock(worker)
      await ask('register', REGISTER, [worker])
      if (replaced !== undefined) await ask('bury', BURY, [replaced])
      return worker
    },
    async beat(worker): Promise<Beat> {
      const alive = (await ask('beat', BEAT, [worker])).length === 1
      if (alive) {
        beats += 1
        await ask('bury-silent', BURY_SILENT, [worker, silentMs])
        if (withLocks && beats > 1) {
          const unlocked = (await ask('without-lock', WITHOUT_LOCK, [worker])).map(({ id }) => Number(id))
          const proven = unlocked.filter((id) => suspects.includes(id))
          if (proven.length > 0) await ask('bury-proven', BURY_PROVEN, [proven])
          suspects = unlocked
        }
        if (beats % 100 === 0) await ask('forget-dead', FORGET)
      }
      return { alive, dead: (await ask('dead', DEAD)).map(({ id }) => Number(id)) }
    },
    async leave(worker) {
      await ask('bury', BURY, [worker])
    },
    async close() {
      closed = true
      await lock?.end().catch(() => {}) // it ends with the process at the latest
    },
  }
}
