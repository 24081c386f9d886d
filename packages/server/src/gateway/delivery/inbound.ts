// Works off the stored webhook events in the order they came: contact, conversation, message and callbacks. It
// always reads them from the table, so that going on after a crash is the same path as going on after a commit.
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { ConnectorAccountId } from '../core/ids.ts'
import type { App, ChannelName, InboundEvent } from '../core/model.ts'
import { type InboundEffect, receiveEvent } from '../core/receive-event.ts'
import type { RecipientOptions } from '../core/recipients.ts'
import type { LineEvents, OpenLineEvent, ProcessedLineEvent } from '../store/port.ts'
import type { Activity } from './activity.ts'

const EVENTS_PER_ROUND = 200
const BROKEN_STORE_PAUSE_MS = 1000
/** LINE redelivers for hours at most; a repeated event is known for this long. */
const KEEP_PROCESSED_MS = 3 * 24 * 3_600_000
const PURGE_EVERY_MS = 3_600_000
const EVENTS_PER_PURGE = 500

export interface InboundOptions {
  events: LineEvents
  ports: RecipientOptions
  appOfAccount(accountId: ConnectorAccountId): Promise<App | undefined>
  /** What a stored event means. */
  read(event: OpenLineEvent): InboundEvent
  channel: ChannelName
  clock: Clock
  activity: Activity
  log: Logger
}

export class InboundWork {
  readonly #options: InboundOptions
  #workedUpTo = 0
  #working: Promise<void> | undefined
  #again = false
  #stopped = false
  #cancelPurge: CancelTimer = () => {}

  constructor(options: InboundOptions) {
    this.#options = options
    options.events.onStored(() => this.#wake())
  }

  start(): void {
    this.#wake()
    this.#purge()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelPurge()
    await this.#working
  }

  #wake(): void {
    this.#again = true
    if (this.#working !== undefined || this.#stopped) return
    const end = this.#options.activity.begin()
    this.#working = this.#work(end)
  }

  async #work(end: () => void): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      try {
        const events = await this.#options.events.open(this.#workedUpTo, EVENTS_PER_ROUND)
        if (events.length === 0) continue
        this.#again = true
        const atMs = this.#options.clock.now()
        const effects = await Promise.all(events.map((event) => this.#effectOf(event)))
        const processed: ProcessedLineEvent[] = []
        events.forEach(({ seq }, index) => {
          const effect = effects[index]
          // An event we cannot read stays open: the next start, perhaps of a better version, tries again.
          if (effect !== 'unreadable') processed.push({ seq, atMs, effect })
        })
        await this.#options.events.complete(processed)
        this.#workedUpTo = events.at(-1)?.seq ?? this.#workedUpTo
      } catch (error) {
        this.#options.log.error({ err: error }, 'webhook events could not be worked off')
        await new Promise<void>((resume) => this.#options.clock.after(BROKEN_STORE_PAUSE_MS, resume))
        this.#again = true
      }
    }
    this.#working = undefined // in the same turn as the last look at #again, or a wake in between were lost
    end()
  }

  async #effectOf(stored: OpenLineEvent): Promise<InboundEffect | undefined | 'unreadable'> {
    const { ports, clock, log, channel } = this.#options
    const app = await this.#options.appOfAccount(stored.lineChannelId)
    if (app === undefined) return undefined // the channel was removed meanwhile
    let event: InboundEvent
    try {
      event = this.#options.read(stored)
    } catch (error) {
      log.error({ err: error, appId: stored.appId, eventSeq: stored.seq }, 'a stored webhook event cannot be read')
      return 'unreadable'
    }
    const effect = await receiveEvent(ports, app, channel, event, stored.receivedAtMs, clock.now())
    const messageId = effect.message?.messageId
    log.info({ appId: app.appId, eventSeq: stored.seq, kind: event.kind, messageId }, 'webhook event received')
    return effect
  }

  #purge(): void {
    const { events, clock, log } = this.#options
    const again = (delayMs: number) => {
      if (!this.#stopped) this.#cancelPurge = clock.after(delayMs, () => this.#purge())
    }
    events.purge(clock.now() - KEEP_PROCESSED_MS, EVENTS_PER_PURGE).then(
      (count) => again(count === EVENTS_PER_PURGE ? 1000 : PURGE_EVERY_MS),
      (error: unknown) => {
        log.error({ err: error }, 'old webhook events could not be forgotten')
        again(PURGE_EVERY_MS)
      },
    )
  }
}
