// The store of a simulated world: an engine's real statements over a database that notes what the checks want to know.
import { DatabaseSync } from 'node:sqlite'
import { MIGRATIONS } from '../../../packages/server/src/gateway/store/migrations/list.ts'
import { sqliteText } from '../../../packages/server/src/gateway/store/migrations/migration.ts'
import type { Statements } from '../../../packages/server/src/gateway/store/port.ts'
import { migrate } from '../../../packages/server/src/gateway/store/postgres/migrate.ts'
import { openSession } from '../../../packages/server/src/gateway/store/postgres/session.ts'
import { postgresStatements } from '../../../packages/server/src/gateway/store/postgres/statements.ts'
import { workers } from '../../../packages/server/src/gateway/store/postgres/workers.ts'
import { sqliteStatements } from '../../../packages/server/src/gateway/store/sqlite/statements.ts'
import { createLog } from '../../../packages/server/src/kit/log.ts'
import type { World } from './world.ts'

const SILENT_MS = 10_000

export interface Engine {
  statements: Statements
  all(sql: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Every placing of a job, every change of a message's state, every change of a batch. */
const NOTES = `
CREATE TABLE note_placed (id INTEGER PRIMARY KEY, queue TEXT, lane TEXT, job_id TEXT);
CREATE TABLE note_state (id INTEGER PRIMARY KEY, message_id TEXT, state TEXT);
CREATE INDEX note_placed_job ON note_placed (job_id);
CREATE INDEX note_placed_lane ON note_placed (lane, id);
CREATE TRIGGER note_job AFTER INSERT ON job BEGIN
  INSERT INTO note_placed (queue, lane, job_id) VALUES (NEW.queue, NEW.lane, NEW.job_id);
END;
CREATE TRIGGER note_message AFTER UPDATE OF state ON message BEGIN
  INSERT INTO note_state (message_id, state) VALUES (NEW.message_id, NEW.state);
END;
CREATE TRIGGER note_batch BEFORE UPDATE OF batch ON job
  WHEN OLD.batch IS NOT NULL AND NEW.batch IS NOT NULL AND OLD.batch <> NEW.batch
BEGIN SELECT RAISE(ABORT, 'I7: a member changed its batch'); END;
`

export type Mutation = (sql: string) => string

export function sqliteEngine(world: World, mutation: Mutation = (sql) => sql): Engine {
  const db = new DatabaseSync(':memory:')
  for (const migration of MIGRATIONS) db.exec(sqliteText(migration))
  db.exec(NOTES)
  const mutated = new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => target.prepare(mutation(sql))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return {
    statements: sqliteStatements(mutated, () => world.nowMs, { alone: false, silentMs: SILENT_MS }),
    all: async (sql) => db.prepare(sql).all(),
    close: async () => db.close(),
  }
}

const POSTGRES_NOTES = `
CREATE TABLE note_placed (id bigserial PRIMARY KEY, queue text, lane text, job_id text);
CREATE TABLE note_state (id bigserial PRIMARY KEY, message_id text, state text);
CREATE FUNCTION note_job() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO note_placed (queue, lane, job_id) VALUES (NEW.queue, NEW.lane, NEW.job_id); RETURN NEW; END $$;
CREATE TRIGGER note_job AFTER INSERT ON job FOR EACH ROW EXECUTE FUNCTION note_job();
CREATE FUNCTION note_message() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO note_state (message_id, state) VALUES (NEW.message_id, NEW.state); RETURN NEW; END $$;
CREATE TRIGGER note_message AFTER UPDATE OF state ON message FOR EACH ROW EXECUTE FUNCTION note_message();
CREATE TABLE world_time (ms bigint NOT NULL);
INSERT INTO world_time VALUES (0);
CREATE OR REPLACE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT ms FROM world_time';
`

const TABLES = `message, lane, job, scheduled, dead_letter, gate_pause, idempotency, line_event, worker, note_placed, note_state,
  contact, channel_identity, conversation`

/** PostgreSQL with the world's time in place of its own; one database for one history after the other. */
export async function postgresEngine(url: string) {
  const session = openSession(url, createLog('silent', 'simulation'))
  await migrate(session.pool, 0)
  await session.pool.query(POSTGRES_NOTES)
  const lives = workers(session, { url, log: createLog('silent', 'simulation'), silentMs: SILENT_MS, withLocks: false })
  const statements = postgresStatements(session, lives)
  return {
    async of(world: World): Promise<Engine> {
      await session.pool.query(`TRUNCATE ${TABLES} RESTART IDENTITY`)
      const setTime = () => session.ask('time', 'UPDATE world_time SET ms = $1 WHERE ms <> $1', [world.nowMs])
      await setTime()
      return {
        statements: new Proxy(statements, {
          get:
            (target, name) =>
            async (...args: unknown[]) => {
              await setTime()
              return Reflect.apply(Reflect.get(target, name), target, args)
            },
        }),
        all: async (sql) => (await session.pool.query(sql)).rows,
        close: async () => {},
      }
    },
    async close() {
      await lives.close()
      await session.close()
    },
  }
}
