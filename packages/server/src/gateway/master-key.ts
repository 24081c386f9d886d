// The key that seals secrets at rest. Who gives none gets one made in the data folder, readable by its owner alone.
import { hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32

class MasterKeyError extends Error {
  override name = 'MasterKeyError'
  readonly code = 'bad_master_key'
}

/** @param given used instead of the folder's */
export function loadMasterKey(dataDir: string, given: Buffer | undefined): Buffer {
  const key = given ?? readOrMake(dataDir)
  if (key.length !== KEY_BYTES)
    throw new MasterKeyError(`The master key must have ${KEY_BYTES} bytes, not ${key.length}.`)
  return key
}

/** The key, where there is one; none is made. */
export const findMasterKey = (dataDir: string, given: Buffer | undefined): Buffer | undefined =>
  given ?? readKey(join(dataDir, 'master.key'))

/** A key for one use, from which neither the master key nor another use's key can be told. */
export function deriveKey(masterKey: Buffer, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, '', `hatoba/${use}`, KEY_BYTES))
}

function readOrMake(dataDir: string): Buffer {
  const path = join(dataDir, 'master.key')
  const known = readKey(path)
  if (known !== undefined) return known
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // Whole or not at all: half a key would lock everything sealed with it.
  const fresh = `${path}.${process.pid}.new`
  const file = openSync(fresh, 'wx', 0o600)
  writeSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(fresh, path) // fails where another process was first: its key counts
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(fresh)
  }
  const made = readKey(path)
  if (made === undefined) throw new MasterKeyError(`${path} cannot be read.`)
  return made
}

function readKey(path: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
