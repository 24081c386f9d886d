// The lives of processes. One process has the folder, so whoever held lanes before is dead, as the folder's lock proves.
import type { DatabaseSync } from 'node:sqlite'
import type { Statements } from '../port.ts'
import { inTransaction } from './transaction.ts'

/** @param alone false in tests only, where several workers share a database in memory and fall silent */
export function workers(
  db: DatabaseSync,
  now: () => number,
  { alone, silentMs }: { alone: boolean; silentMs: number },
): Pick<Statements, 'register' | 'beat' | 'leave' | 'probe'> {
  const insert = db.prepare('INSERT INTO worker (beat_ms) VALUES (?) RETURNING id')
  const bury = db.prepare('UPDATE worker SET dead = 1 WHERE id = ?')
  const buryOthers = db.prepare('UPDATE worker SET dead = 1 WHERE id <> ?')
  const burySilent = db.prepare('UPDATE worker SET dead = 1 WHERE dead = 0 AND id <> ? AND beat_ms < ?')
  const forget = db.prepare(
    `DELETE FROM worker WHERE dead = 1
     AND NOT EXISTS (SELECT 1 FROM lane WHERE queue IN ('send', 'callback', 'inbound') AND owner = worker.id)`,
  )
  const beat = db.prepare('UPDATE worker SET beat_ms = ? WHERE id = ? AND dead = 0')
  const dead = db.prepare('SELECT id FROM worker WHERE dead = 1 ORDER BY id')
  const deadIds = () => dead.all().map(({ id }) => Number(id))

  return {
    register: async (replaced) =>
      inTransaction(db, () => {
        const id = Number(insert.get(now())?.id)
        if (replaced !== undefined) bury.run(replaced)
        if (alone) {
          buryOthers.run(id)
          forget.run()
        }
        return id
      }),
    beat: async (worker) =>
      inTransaction(db, () => {
        const alive = beat.run(now(), worker).changes === 1
        if (alive && !alone) burySilent.run(worker, now() - silentMs)
        return { alive, dead: deadIds() }
      }),
    leave: async (worker) => void bury.run(worker),
    probe: async (worker) => void beat.run(now(), worker),
  }
}
