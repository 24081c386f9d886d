// Deletes people's files once nobody can have a link to them any more.
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { MediaStore } from './media-store.ts'

// Sinch LINE guide, "Receiving Messages": media is valid for 7 days and deleted afterwards. The last day is for files
// whose copying had to wait.
const KEEP_MS = 8 * 24 * 3_600_000
const LOOK_EVERY_MS = 3_600_000
const FILES_PER_LOOK = 500
const NEXT_LOOK_MS = 1000

export class MediaRetention {
  readonly #options: { store: MediaStore; clock: Clock; log: Logger; begin(): () => void }
  #stopped = false
  #cancel: CancelTimer = () => {}
  #looking: Promise<void> | undefined

  /** @param options `begin` tells that something is under way, until what it returns is called */
  constructor(options: { store: MediaStore; clock: Clock; log: Logger; begin(): () => void }) {
    this.#options = options
  }

  start(): void {
    const end = this.#options.begin()
    this.#looking = this.#look().finally(end)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel()
    await this.#looking
  }

  async #look(): Promise<void> {
    const { store, clock, log } = this.#options
    let nextMs = LOOK_EVERY_MS
    try {
      const deleted = await store.expire(clock.now() - KEEP_MS, FILES_PER_LOOK)
      if (deleted > 0) log.info({ deleted }, 'old media deleted')
      if (deleted === FILES_PER_LOOK) nextMs = NEXT_LOOK_MS
    } catch (error) {
      log.error({ err: error }, 'old media could not be deleted')
    }
    if (!this.#stopped) this.#cancel = clock.after(nextMs, () => this.start())
  }
}
