// What follows from a channel's stored event: contact, conversation, message and callbacks. A message that carries a
// file waits in its lane until that is copied, and with it what the same person sends next.
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { ConnectorAccountId } from '../core/ids.ts'
import type { ChannelMedia } from '../core/media.ts'
import type { App, ChannelName, Content, Failure, InboundEvent } from '../core/model.ts'
import type { ReplyTokens } from '../core/ports.ts'
import { type InboundEffect, receiveEvent } from '../core/receive-event.ts'
import type { RecipientOptions } from '../core/recipients.ts'
import type { StoredJob } from '../store/port.ts'
import { sendPauseMs } from './back-off.ts'
import { callbackJob } from './callback-job.ts'
import { CopySlots } from './copy-slots.ts'
import { readEvent, type StoredEvent } from './event-job.ts'
import type { EndDraft, Verdict } from './verdict.ts'

const BROKEN_STORE_PAUSE_MS = 1000
/** A later version may be able to read it. */
const UNREADABLE_PAUSE_MS = 3_600_000
const COPIES_AT_ONCE = 16
const COPIES_PER_ACCOUNT = 6
const NO_SLOT_PAUSE_MS = 500
/** LINE keeps content for a while that it does not name; a video is ready within minutes. */
const TRY_COPYING_FOR_MS = 3_600_000

type CopyResult =
  | { kind: 'copied'; media: Extract<Content, { kind: 'media' }> }
  /** It will never be there. */
  | { kind: 'missing'; failure: Failure }
  | { kind: 'later'; reason: string }

type MediaEvent = Extract<InboundEvent, { kind: 'media-message' }>

export interface InboundOptions {
  ports: RecipientOptions
  appOfAccount(accountId: ConnectorAccountId): Promise<App | undefined>
  /** What a stored event means. */
  read(event: StoredEvent): InboundEvent
  /** One attempt to copy a file into our storage. Throws where the storage cannot be written. */
  copy(accountId: ConnectorAccountId, media: ChannelMedia, receivedAtMs: number): Promise<CopyResult>
  replyTokens: Pick<ReplyTokens, 'keep'>
  channel: ChannelName
  clock: Clock
  log: Logger
}

export function inboundAttempts(options: InboundOptions): (job: StoredJob) => Promise<Verdict> {
  const { ports, appOfAccount, read, copy, replyTokens, channel, clock, log } = options
  const slots = new CopySlots(COPIES_AT_ONCE, COPIES_PER_ACCOUNT)

  return async (job) => {
    const { appId, jobId: eventId } = job
    const again = (delayMs: number, attempts = job.attempts + 1): Verdict => ({
      kind: 'park',
      delayMs,
      attempts,
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
      if (event.reply !== undefined && app.replyTokenSaving && job.attempts === 0)
        replyTokens.keep(stored.lineChannelId, event.identity, event.reply)
      const known = event.kind === 'media-message' ? await withFile(job, stored, event) : event
      if (known === 'no-slot') return again(NO_SLOT_PAUSE_MS, job.attempts)
      if (known === 'later') return again(sendPauseMs(job.attempts + 1))
      const from = { channel, accountId: stored.lineChannelId }
      const effect = await receiveEvent(ports, app, from, known, stored.receivedAtMs, clock.now())
      const messageId = effect.message?.messageId
      log.info({ appId, eventId, kind: event.kind, messageId }, 'webhook event received')
      return { kind: 'done', end: endOf(effect), free: true }
    } catch (error) {
      log.error({ err: error, appId, eventId }, 'a webhook event could not be worked off')
      return again(BROKEN_STORE_PAUSE_MS)
    }
  }

  /** The message once its file is there, or certain to be missed. */
  async function withFile(
    job: StoredJob,
    { lineChannelId, receivedAtMs }: StoredEvent,
    { media, payload, identity, eventAtMs }: MediaEvent,
  ): Promise<(InboundEvent & { kind: 'message' }) | 'later' | 'no-slot'> {
    const done = slots.take(lineChannelId)
    if (done === undefined) return 'no-slot'
    const startedAt = performance.now()
    const result = await copy(lineChannelId, media, receivedAtMs).finally(done)
    const ms = Math.round(performance.now() - startedAt)
    const { appId, jobId: eventId } = job
    const sizeBytes = result.kind === 'copied' ? result.media.sizeBytes : undefined
    const reason = result.kind === 'later' ? result.reason : undefined
    const facts = { appId, eventId, attempt: job.attempts + 1, media: media.media, outcome: result.kind }
    log.info({ ...facts, reason, sizeBytes, ms }, 'copying attempted')
    const message = (content: Content) => ({ kind: 'message', identity, eventAtMs, content }) as const
    const missing = (failure: Failure) => message({ kind: 'missing-media', media: media.media, failure, payload })
    switch (result.kind) {
      case 'copied':
        return message(result.media)
      case 'missing':
        return missing(result.failure)
      case 'later':
        if (clock.now() - (job.firstAttemptAtMs ?? clock.now()) < TRY_COPYING_FOR_MS) return 'later'
        return missing({
          code: 'media-not-reachable',
          description: `The file could not be fetched: ${result.reason}`,
        })
      default:
        return result satisfies never
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
