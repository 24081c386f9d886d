// What follows from a channel's stored event: contact, conversation, message and callbacks.
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { ConnectorAccountId } from '../core/ids.ts'
import type { App, ChannelName, InboundEvent } from '../core/model.ts'
import { type InboundEffect, receiveEvent } from '../core/receive-event.ts'
import type { RecipientOptions } from '../core/recipients.ts'
import type { StoredJob } from '../store/port.ts'
import { callbackJob } from './callback-job.ts'
import { readEvent, type StoredEvent } from './event-job.ts'
import type { EndDraft, Verdict } from './verdict.ts'

const BROKEN_STORE_PAUSE_MS = 1000
/** A later version may be able to read it. */
const UNREADABLE_PAUSE_MS = 3_600_000

export interface InboundOptions {
  ports: RecipientOptions
  appOfAccount(accountId: ConnectorAccountId): Promise<App | undefined>
  /** What a stored event means. */
  read(event: StoredEvent): InboundEvent
  channel: ChannelName
  clock: Clock
  log: Logger
}

export function inboundAttempts(options: InboundOptions): (job: StoredJob) => Promise<Verdict> {
  const { ports, appOfAccount, read, channel, clock, log } = options

  return async (job) => {
    const { appId, jobId: eventId } = job
    const again = (delayMs: number): Verdict => ({
      kind: 'park',
      delayMs,
      attempts: job.attempts + 1,
      firstAttemptAtMs: job.firstAttemptAtMs ?? clock.now(),
    })
    try {
      const stored = readEvent(job)
      const app = await appOfAccount(stored.lineChannelId)
      if (app === undefined) return { kind: 'done', end: { jobs: [] }, free: true } // the channel was removed meanwhile
      const event = tryRead(stored)
      if (event instanceof Error) {
        log.error({ err: event, appId, eventId }, 'a stored webhook event cannot be read')
        return again(UNREADABLE_PAUSE_MS)
      }
      const effect = await receiveEvent(ports, app, channel, event, stored.receivedAtMs, clock.now())
      const messageId = effect.message?.messageId
      log.info({ appId, eventId, kind: event.kind, messageId }, 'webhook event received')
      return { kind: 'done', end: endOf(effect), free: true }
    } catch (error) {
      log.error({ err: error, appId, eventId }, 'a webhook event could not be worked off')
      return again(BROKEN_STORE_PAUSE_MS)
    }
  }

  function tryRead(stored: StoredEvent): InboundEvent | Error {
    try {
      return read(stored)
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}

function endOf({ message, callbacks }: InboundEffect): EndDraft {
  const jobs = callbacks.map(callbackJob)
  if (message === undefined) return { jobs }
  const received = {
    ...message,
    direction: 'inbound',
    state: 'received',
    dialect: undefined,
    failure: undefined,
    clientMessageId: undefined,
    stateAtMs: message.acceptedAtMs,
  } as const
  return { received, jobs }
}
