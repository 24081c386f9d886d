// Opens the gateway's database file for this process alone.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../store-error.ts'

const SQLITE_BUSY = 5

export interface OpenDatabase {
  db: DatabaseSync
  close(): void
}

export function openDatabase(dataDir: string): OpenDatabase {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = lockFolder(dataDir)
  try {
    const db = new DatabaseSync(join(dataDir, 'gateway.db'))
    // FULL: an answered commit survives a power cut. The lock keeps other gateways out; readers and backups may come in.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON',
    )
    return {
      db,
      close() {
        db.close()
        lock.close()
      },
    }
  } catch (error) {
    lock.close()
    throw error
  }
}

/** A database that stays locked while this process lives; the kernel frees it however the process ends. */
function lockFolder(dataDir: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDir, 'gateway.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock.close()
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY)
      throw new StoreError(
        'folder_in_use',
        `Another gateway is running on the data folder ${dataDir}. Stop it first.`,
        cause,
      )
    throw cause
  }
}
