import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AdjustableClock } from '../../kit/clock.ts'
import { uuidFrom } from '../../kit/ids.ts'
import { createLog } from '../../kit/log.ts'
import { createSealer } from '../../kit/seal.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { watchChanges } from './watch-changes.ts'

const log = createLog('silent', 'test')
let dataDir: string
let store: Store
let clock: AdjustableClock

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-watch-'))
  clock = new AdjustableClock(Date.now())
  const sealer = createSealer([Buffer.alloc(32)])
  store = await openStore({ dataDir, databaseUrl: undefined, sealer, clock, log })
})
afterEach(async () => {
  await store.close()
  clock.stop()
  await rm(dataDir, { recursive: true, force: true })
})

it('lets other processes on the database see a change within a second or so', async () => {
  let forgotten = 0
  const looked = () => new Promise((resume) => setImmediate(resume))
  const stop = watchChanges(store.cold, { changed: () => void forgotten++, clock, log })
  const entry = (atMs: number) =>
    store.cold
      .insertInto('audit_log')
      .values({
        audit_id: uuidFrom(atMs, randomBytes(10)),
        at_ms: atMs,
        key_id: 'k',
        action: 'key.update',
        target_id: 't',
        project_id: null,
        detail: '{}',
      })
      .execute()
  const pass = async () => {
    clock.advance(1001)
    for (let turn = 0; turn < 10; turn++) await looked()
    return forgotten
  }
  expect(await pass()).toBe(1) // what was remembered before the first look
  expect(await pass()).toBe(1)
  await entry(clock.now())
  expect(await pass()).toBe(2)
  expect(await pass()).toBe(2)
  await entry(clock.now() - 60_000) // by another machine's clock
  expect(await pass()).toBe(3)
  stop()
  await entry(clock.now())
  expect(await pass()).toBe(3)
})
