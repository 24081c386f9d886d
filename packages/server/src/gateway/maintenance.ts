// What is done to a gateway's data folder from outside: looked at and copied while a gateway runs on it, brought
// forward while none does.
import { existsSync } from 'node:fs'
import { chmod, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { createOutbound } from '../kit/outbound.ts'
import { createSealer, SealError } from '../kit/seal.ts'
import { whyUnreachable } from './admin/line-channels.ts'
import { findMasterKey } from './master-key.ts'
import { type ChannelExamination, examineChannel } from './southbound/line/examine-channel.ts'
import { storeDirectory } from './store/directory.ts'
import { NEWEST_SCHEMA } from './store/migrations/list.ts'
import type { Schema } from './store/schema.ts'
import { nodeSqliteDialect } from './store/sqlite/kysely-dialect.ts'
import { migrate } from './store/sqlite/migrate.ts'
import { openDatabase } from './store/sqlite/open-database.ts'

/** Small steps: a running gateway is not held up (node:sqlite, 100 MB in half a second). */
const PAGES_PER_STEP = 100

const databaseFile = (dataDir: string) => join(dataDir, 'gateway.db')

export type StoreExamination =
  | { kind: 'missing' }
  | { kind: 'broken'; reason: string }
  | {
      kind: 'open'
      schema: number
      newestSchema: number
      masterKey: 'right' | 'wrong' | 'missing'
      adminKeys: number
      lineChannels: LineChannelExamination[]
    }

interface LineChannelExamination {
  id: string
  channelId: string
  expectedWebhookUrl: string
  /** Why LINE cannot call the public URL, in plain words. */
  unreachable: string | undefined
  line: ChannelExamination
}

export interface ExamineOptions {
  dataDir: string
  masterKey: Buffer | undefined
  publicUrl: string
  now: () => number
}

/** Reads only, also beside a running gateway. */
export async function examineStore({ dataDir, masterKey, publicUrl, now }: ExamineOptions): Promise<StoreExamination> {
  if (!existsSync(databaseFile(dataDir))) return { kind: 'missing' }
  let db: DatabaseSync
  try {
    db = new DatabaseSync(databaseFile(dataDir), { readOnly: true })
  } catch (error) {
    return { kind: 'broken', reason: reasonOf(error) }
  }
  try {
    const schema = schemaOf(db)
    const closed = { kind: 'open', schema, newestSchema: NEWEST_SCHEMA, adminKeys: 0, lineChannels: [] } as const
    const key = findMasterKey(dataDir, masterKey)
    if (key === undefined) return { ...closed, lineChannels: [], masterKey: 'missing' }
    if (schema !== NEWEST_SCHEMA) return { ...closed, lineChannels: [], masterKey: 'right' }
    const sealer = createSealer([key])
    const cold = new Kysely<Schema>({ dialect: nodeSqliteDialect(db) })
    const keys = cold.selectFrom('api_key').select('key_id').where('use', '=', 'admin')
    const adminKeys = (await keys.where('disabled_at_ms', 'is', null).execute()).length
    const lineChannels: LineChannelExamination[] = []
    const directory = storeDirectory(cold, sealer)
    const outbound = createOutbound()
    try {
      for (const { line_channel_id: id } of await cold.selectFrom('line_channel').select('line_channel_id').execute()) {
        const channel = await directory.lineChannel(id)
        if (channel === undefined) continue
        lineChannels.push({
          id,
          channelId: channel.channelId,
          expectedWebhookUrl: `${publicUrl}/line/webhooks/${id}`,
          unreachable: whyUnreachable(channel.apiUrl, publicUrl),
          line: await examineChannel(outbound, channel, now),
        })
      }
    } catch (error) {
      if (!(error instanceof SealError)) throw error
      return { ...closed, adminKeys, lineChannels: [], masterKey: 'wrong' }
    } finally {
      await outbound.close()
    }
    return { ...closed, adminKeys, lineChannels, masterKey: 'right' }
  } catch (error) {
    return { kind: 'broken', reason: reasonOf(error) }
  } finally {
    db.close()
  }
}

function schemaOf(db: DatabaseSync): number {
  const row = db.prepare('SELECT max(number) AS newest FROM schema_migration').get()
  return Number(row?.newest ?? 0)
}

/** @throws StoreError where a gateway runs on the folder, or a newer one wrote it */
export function migrateStore(dataDir: string, nowMs: number): { from: number; to: number } {
  const isNew = !existsSync(databaseFile(dataDir))
  const { db, close } = openDatabase(dataDir)
  try {
    const from = isNew ? 0 : schemaOf(db)
    migrate(db, nowMs)
    return { from, to: schemaOf(db) }
  } finally {
    close()
  }
}

class BackupError extends Error {
  override name = 'BackupError'
  readonly code: 'no_store' | 'file_exists' | 'damaged'
  constructor(code: BackupError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Copies the database as it stands at this moment, also beside a running gateway.
 * @throws BackupError
 */
export async function backupStore(dataDir: string, file: string): Promise<{ pages: number }> {
  if (!existsSync(databaseFile(dataDir)))
    throw new BackupError('no_store', `There is no gateway's database in ${dataDir}.`)
  if (existsSync(file)) throw new BackupError('file_exists', `${file} exists already. Name a new file.`)
  const partial = `${file}.partial`
  await rm(partial, { force: true })
  const db = new DatabaseSync(databaseFile(dataDir), { timeout: 5000 })
  try {
    // One read transaction around all steps: otherwise every commit of the gateway would start the copy anew.
    db.exec('BEGIN; SELECT count(*) FROM schema_migration')
    const pages = await backup(db, partial, { rate: PAGES_PER_STEP })
    db.exec('COMMIT')
    await chmod(partial, 0o600)
    checkCopy(partial)
    await rename(partial, file)
    return { pages }
  } finally {
    db.close()
    await rm(partial, { force: true })
  }
}

function checkCopy(file: string): void {
  const copy = new DatabaseSync(file)
  try {
    const row = copy.prepare('PRAGMA integrity_check').get()
    if (row?.integrity_check !== 'ok') throw new BackupError('damaged', `The copy is damaged: ${row?.integrity_check}`)
    copy.exec('PRAGMA journal_mode = DELETE') // one file, with nothing beside it
  } finally {
    copy.close()
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
