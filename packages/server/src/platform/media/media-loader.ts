// Loads the files that bots name, once for everybody who looks: bounded in size and time, kept for a while on disk,
// and told on the timeline. A file that is being loaded is not loaded a second time meanwhile.
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock } from '../../kit/clock.ts'
import type { InspectedMedia } from '../../kit/inspect-media.ts'
import type { Outbound, OutboundError, OutboundReach } from '../../kit/outbound.ts'
import { inspectFile } from '../content/inspect-file.ts'
import type { Timeline } from '../timeline.ts'
import type { MediaFault } from './check-file.ts'

// The largest file that LINE takes, and one byte more, which tells that there are more
const MOST_BYTES = 200 * 1024 * 1024 + 1
const TIMEOUT_MS = 30_000
/** By the platform's clock: whoever changes a file does not wait long to see it. */
const KEEP_MS = 60_000
/** Loads beyond that wait for their turn: each may write 200 MB. */
const MOST_AT_ONCE = 8
const MOST_KEPT_FILES = 500
const MOST_KEPT_BYTES = 1024 * 1024 * 1024

export type LoadedFile =
  | { ok: true; path: string; sizeBytes: number; inspected: InspectedMedia | undefined }
  | { ok: false; fault: MediaFault }

interface KeptFile {
  readonly loadedAtMs: number
  readonly file: LoadedFile
}

export interface LoaderParts {
  readonly clock: Clock
  readonly timeline: Timeline
}

export class MediaLoader {
  readonly #parts: LoaderParts
  readonly #kept = new Map<string, KeptFile>()
  readonly #loading = new Map<string, Promise<LoadedFile>>()
  #outbound: Promise<Outbound> | undefined
  #folder: string | undefined
  #sequence = 0
  #running = 0
  readonly #waiting: (() => void)[] = []
  /** Grows each time that all is forgotten. */
  #generation = 0
  #keptBytes = 0

  constructor(parts: LoaderParts) {
    this.#parts = parts
  }

  /** @param causeId the timeline's entry of the message, or of the call that is being checked */
  load(url: string, reach: OutboundReach, causeId?: number): Promise<LoadedFile> {
    const key = `${this.#generation} ${reach} ${url}`
    const kept = this.#kept.get(key)
    if (kept !== undefined && kept.loadedAtMs + KEEP_MS > this.#parts.clock.now()) return Promise.resolve(kept.file)
    const loading = this.#loading.get(key)
    if (loading !== undefined) return loading
    const started = this.#load(url, reach, causeId)
      .then((file) => {
        this.#keep(key, file)
        return file
      })
      .finally(() => this.#loading.delete(key))
    this.#loading.set(key, started)
    return started
  }

  /** All state is replaced: what was loaded before is not shown after it. */
  clear(): void {
    this.#generation += 1
    for (const key of [...this.#kept.keys()]) this.#forget(key)
  }

  read(file: Extract<LoadedFile, { ok: true }>, range?: { start: number; end: number }): Readable {
    return createReadStream(file.path, range)
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#loading.values())
    await (await this.#outbound)?.close()
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
  }

  async #load(url: string, reach: OutboundReach, causeId: number | undefined): Promise<LoadedFile> {
    const { clock, timeline } = this.#parts
    const entry = {
      kind: 'media' as const,
      atMs: clock.now(),
      url,
      ...(causeId !== undefined && { causeId }),
    }
    const entryId = timeline.add(entry, url.length)
    const file = await this.#inTurn(() => this.#fetch(url, reach))
    timeline.fill(entryId, file.ok ? { sizeBytes: file.sizeBytes, ...file.inspected } : { fault: file.fault })
    return file
  }

  /** Those beyond {@link MOST_AT_ONCE} wait, in order. */
  async #inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running === MOST_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running += 1
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next() // the place goes over to it
    }
  }

  async #fetch(url: string, reach: OutboundReach): Promise<LoadedFile> {
    this.#outbound ??= import('../../kit/outbound.ts').then(({ createOutbound }) => createOutbound())
    this.#folder ??= mkdtempSync(join(tmpdir(), 'hatoba-media-'))
    const path = join(this.#folder, String(this.#sequence++))
    const handle = await open(path, 'wx', 0o600)
    let sizeBytes = 0
    let whole = false
    try {
      const { status } = await (await this.#outbound).request({
        url,
        timeoutMs: TIMEOUT_MS,
        reach,
        headers: { accept: '*/*' },
        onChunk: async (chunk) => {
          sizeBytes += chunk.length
          if (sizeBytes >= MOST_BYTES) return false
          await handle.writeFile(chunk)
          return true
        },
      })
      if (status !== 200) return { ok: false, fault: { limit: 'status', allowed: 200, found: status } }
      if (sizeBytes >= MOST_BYTES)
        return { ok: false, fault: { limit: 'sizeBytes', allowed: MOST_BYTES - 1, found: Infinity } }
      whole = true
    } catch (error) {
      if (!isOutboundError(error)) throw error
      return { ok: false, fault: { limit: 'reachable', allowed: 'a file', found: error.message } }
    } finally {
      await handle.close()
      if (!whole) await rm(path, { force: true })
    }
    return { ok: true, path, sizeBytes, inspected: await inspectFile(path) }
  }

  #keep(key: string, file: LoadedFile): void {
    this.#forget(key)
    this.#kept.set(key, { file, loadedAtMs: this.#parts.clock.now() })
    this.#keptBytes += file.ok ? file.sizeBytes : 0
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT_FILES && this.#keptBytes <= MOST_KEPT_BYTES) break
      if (oldest !== key) this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    const kept = this.#kept.get(key)
    this.#kept.delete(key)
    if (kept?.file.ok !== true) return
    this.#keptBytes -= kept.file.sizeBytes
    rmSync(kept.file.path, { force: true }) // whoever reads it at this moment reads on
  }
}

function isOutboundError(error: unknown): error is OutboundError {
  return error instanceof Error && error.name === 'OutboundError' // its module is loaded with the first file only
}
