import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSealer } from '../kit/seal.ts'
import { deriveKey, loadMasterKey } from './master-key.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hatoba-key-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('the master key', () => {
  it('is made once, for its owner alone, and opens what it sealed', () => {
    const sealed = createSealer([loadMasterKey(dataDir, undefined)]).seal('secret', 'test')
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600)
    expect(createSealer([loadMasterKey(dataDir, undefined)]).open(sealed, 'test')).toBe('secret')
  })

  it('that is given is used, and none is made', () => {
    const given = Buffer.alloc(32, 7)
    expect(loadMasterKey(dataDir, given)).toBe(given)
    expect(() => readFileSync(join(dataDir, 'master.key'))).toThrow('ENOENT')
  })

  it('of another length is refused without being shown', () => {
    expect(() => loadMasterKey(dataDir, Buffer.from('short secret'))).toThrow('must have 32 bytes, not 12')
  })

  it('gives each use a key of its own', () => {
    const masterKey = Buffer.alloc(32, 7)
    expect(deriveKey(masterKey, 'a')).not.toEqual(deriveKey(masterKey, 'b'))
    expect(deriveKey(masterKey, 'a')).toEqual(deriveKey(masterKey, 'a'))
  })
})
