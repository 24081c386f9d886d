// Events on their way to bots. One request at a time for each channel, so that order is kept; events that wait
// meanwhile go together in the next one. A request that a bot did not take is sent again where the channel's
// redelivery is on, on the platform's clock and out of the order.
import { isKnownEvent, serializeWebhookBody, type WebhookEvent } from '@hatoba/line/wire'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { Channels, LineChannel } from '../accounts/channels.ts'
import type { ReplyTokens } from '../chats/reply-tokens.ts'
import type { WebhookFault } from '../faults/fault-rule.ts'
import type { Faults } from '../faults/faults.ts'
import type { Waits } from '../faults/waits.ts'
import { nextTurn } from '../next-turn.ts'
import type { Timeline } from '../timeline.ts'
import type { AttemptOutcome, WebhookSender } from './attempt.ts'
import { AttemptLog } from './attempt-log.ts'
import type { RaisedEvent } from './events.ts'
import { verificationEvents } from './verification.ts'

// LINE does not publish how many; unconfirmed
const MOST_EVENTS_PER_REQUEST = 100
const MOST_WAITING_EVENTS = 10_000
const MOST_REDELIVERIES = 2000
// LINE does not publish count and intervals; reply tokens die after 20 minutes (LINE facts sheet, "Webhooks: delivery")
const REDELIVER_AFTER_MS = [60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000]

/** How long a webhook that is to be overtaken waits for the next one. */
const OVERTAKEN_AFTER_MS = 1000

interface WaitingEvent extends RaisedEvent {
  /** The timeline's entry. */
  readonly entryId: number
}

export interface WebhookParts {
  readonly channels: Channels
  readonly replyTokens: ReplyTokens
  readonly timeline: Timeline
  readonly faults: Faults
  readonly waits: Waits
  readonly clock: Clock
  readonly log: Logger
}

/** What waits for a channel's bot. Another one once all state was replaced. */
interface Queue {
  readonly channelId: string
  readonly events: WaitingEvent[]
  /** Called with every event that is added. */
  onAdded?: () => void
}

type Batch = readonly WaitingEvent[]

export class Webhooks {
  readonly attempts = new AttemptLog()
  readonly #parts: WebhookParts
  readonly #queues = new Map<string, Queue>()
  /** Redeliveries that wait for the clock. */
  readonly #redeliveries = new Set<() => void>()
  readonly #running = new Set<Promise<void>>()
  #sender: Promise<WebhookSender> | undefined
  #closed = false

  constructor(parts: WebhookParts) {
    this.#parts = parts
  }

  /**
   * @param causeId the timeline's entry of what the user did
   * @returns why no request will carry the event, undefined where one will
   */
  send(channel: LineChannel, raised: RaisedEvent, causeId: number): string | undefined {
    const { timeline, clock } = this.#parts
    const { channelId } = channel
    const queue = this.#queues.get(channelId)
    const notSent = this.#whyNotSent(channel, raised.event, queue?.events)
    const entryId = timeline.add(
      {
        kind: 'event',
        atMs: clock.now(),
        causeId,
        channelId,
        webhookEventId: raised.webhookEventId,
        type: raised.event.type,
        ...sourceOf(raised.event),
        ...(notSent !== undefined && { notSent }),
      },
      0,
    )
    if (raised.replyToken !== undefined) this.#parts.replyTokens.delivered(raised.replyToken, entryId)
    if (notSent !== undefined) return notSent
    if (queue !== undefined) {
      queue.events.push({ ...raised, entryId })
      queue.onAdded?.()
      return undefined
    }
    const begun: Queue = { channelId, events: [{ ...raised, entryId }] }
    this.#queues.set(channelId, begun)
    this.#run(this.#drain(begun))
    return undefined
  }

  /** LINE's "Verify": one request to that URL, not counted in the error statistics. */
  async verify(channel: LineChannel, url: string, causeId: number): Promise<AttemptOutcome> {
    const body = this.#serialize(channel, verificationEvents(channel.profile, this.#parts.clock.now()))
    return this.#attempt(channel, url, body, { purpose: 'verify', eventIds: [], causeId })
  }

  /** Resolves when no request is on its way or waits for one; redelivery waits for the clock and is not counted. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Drops all that waits: the state that it tells of is replaced by another. Requests that are out are not followed. */
  clear(): void {
    this.#queues.clear()
    for (const giveUp of [...this.#redeliveries]) giveUp()
    this.attempts.clear()
  }

  /** Lets what is on its way come to its end. */
  async close(): Promise<void> {
    this.#closed = true
    await this.settle()
    await (await this.#sender)?.close()
  }

  #whyNotSent(channel: LineChannel, event: WebhookEvent, waiting: Batch | undefined): string | undefined {
    if (!isKnownEvent(event, channel.profile)) return `the ${channel.profile} API does not know such an event`
    // ours: LINE's console of 2017 had people or the bot answer, never both
    if (channel.profile === '2017' && channel.settings.responseMode === 'chat') return 'people answer by hand'
    if (!channel.webhook.use) return 'the channel does not use its webhook'
    if (channel.webhook.url === undefined) return 'the channel has no webhook URL'
    if (this.#closed) return 'the platform is stopping'
    if ((waiting?.length ?? 0) >= MOST_WAITING_EVENTS) return `${MOST_WAITING_EVENTS} events wait already`
    return undefined
  }

  #run(task: Promise<void>): void {
    const running: Promise<void> = task
      .catch((error) => this.#parts.log.error({ err: error }, 'webhook delivery failed unexpectedly'))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #drain(queue: Queue): Promise<void> {
    const { channelId, events } = queue
    const isCurrent = () => this.#queues.get(channelId) === queue
    /** Held back so that the next one overtakes it. */
    let overtaken: Batch | undefined
    try {
      await nextTurn() // what arises together goes together
      while (isCurrent()) {
        const batch = events.splice(0, MOST_EVENTS_PER_REQUEST)
        const fault = batch.length > 0 ? this.#faultOf(channelId, batch) : undefined
        if (fault?.kind === 'out-of-order' && overtaken === undefined) {
          overtaken = batch
          await this.#nextEvent(queue)
          continue
        }
        if (batch.length > 0) await this.#deliver(queue, batch, fault)
        if (overtaken !== undefined && isCurrent()) await this.#deliver(queue, overtaken, undefined)
        overtaken = undefined
        if (events.length === 0) return
      }
    } finally {
      if (isCurrent()) this.#queues.delete(channelId)
    }
  }

  /** Resolves when the queue gets another event, or after a while. */
  async #nextEvent(queue: Queue): Promise<void> {
    if (queue.events.length > 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    queue.onAdded = resolve
    await Promise.race([promise, this.#parts.waits.wait(OVERTAKEN_AFTER_MS)])
    delete queue.onAdded
  }

  #faultOf(channelId: string, batch: Batch): WebhookFault | undefined {
    const { faults, timeline, clock } = this.#parts
    if (faults.none) return undefined
    const fired = faults.ofWebhook({
      channelId,
      eventTypes: batch.map(({ event }) => event.type),
      userIds: batch.flatMap(({ event }) => sourceOf(event).userId ?? []),
    })
    const [first] = batch
    if (fired === undefined || first === undefined) return undefined
    const { ruleId, fault } = fired
    const told = { atMs: clock.now(), causeId: first.entryId, ruleId, fault: fault.kind, channelId }
    timeline.add({ kind: 'fault', ...told }, 0)
    return fault
  }

  async #deliver(queue: Queue, batch: Batch, fault: WebhookFault | undefined): Promise<void> {
    if (fault?.kind === 'delay') await this.#parts.waits.wait(fault.delayMs)
    const times = fault?.kind === 'duplicate' ? 2 : 1
    let taken = true
    for (let time = 0; time < times; time++) {
      const channel = this.#parts.channels.find(queue.channelId)
      const url = channel?.webhook.url
      if (channel === undefined || url === undefined || !channel.webhook.use) return // switched off meanwhile
      if (this.#queues.get(queue.channelId) !== queue) return // all state was replaced
      const outcome = await this.#attemptEvents(channel, url, batch, false)
      taken &&= outcome.ok
    }
    const { redelivery } = this.#parts.channels.find(queue.channelId)?.webhook ?? {}
    if (!taken && redelivery === true && this.#queues.get(queue.channelId) === queue)
      this.#redeliverLater(queue.channelId, batch)
  }

  /** All tries stand on the clock from the start, so that moving it far ahead makes each of them due. */
  #redeliverLater(channelId: string, batch: Batch): void {
    if (this.#redeliveries.size >= MOST_REDELIVERIES) {
      this.#parts.log.warn({ channelId }, 'too many webhooks wait for redelivery: one is given up')
      return
    }
    let done = false
    let before: Promise<void> = Promise.resolve()
    const finish = () => {
      if (done) return
      done = true
      this.#redeliveries.delete(finish)
      for (const cancel of cancels) cancel()
    }
    const attempt = async (isLast: boolean) => {
      if (done) return
      const channel = this.#parts.channels.find(channelId)
      const url = channel?.webhook.url
      const wanted = channel?.webhook.use === true && channel.webhook.redelivery
      if (channel === undefined || url === undefined || !wanted || this.#closed) return finish()
      const outcome = await this.#attemptEvents(channel, url, batch, true)
      if (outcome.ok || isLast) finish()
    }
    const cancels = REDELIVER_AFTER_MS.map((delayMs, i) =>
      this.#parts.clock.after(delayMs, () => {
        if (done) return
        before = before.then(() => attempt(i === REDELIVER_AFTER_MS.length - 1))
        this.#run(before)
      }),
    )
    this.#redeliveries.add(finish)
  }

  async #attemptEvents(
    channel: LineChannel,
    url: string,
    batch: Batch,
    isRedelivery: boolean,
  ): Promise<AttemptOutcome> {
    const events = batch.map(({ event }) => (isRedelivery ? asRedelivery(event) : event))
    const eventIds = batch.map(({ entryId }) => entryId)
    const [first] = batch
    const tellTokens = (attemptId: number) => {
      for (const { replyToken } of batch)
        if (replyToken !== undefined) this.#parts.replyTokens.delivered(replyToken, attemptId)
    }
    const atMs = this.#parts.clock.now()
    const { generation } = this.attempts
    const outcome = await this.#attempt(channel, url, this.#serialize(channel, events), {
      purpose: isRedelivery ? 'redelivery' : 'delivery',
      eventIds,
      ...(first !== undefined && { causeId: first.entryId }),
      onStart: tellTokens,
    })
    if (generation !== this.attempts.generation) return outcome // all state was replaced meanwhile
    this.attempts.add(channel.channelId, {
      atMs,
      url,
      webhookEventIds: batch.map(({ webhookEventId }) => webhookEventId),
      isRedelivery,
      status: outcome.status,
      tookMs: outcome.tookMs,
      ...(!outcome.ok && { reason: outcome.reason, detail: outcome.detail }),
    })
    return outcome
  }

  async #attempt(
    channel: LineChannel,
    url: string,
    body: string,
    told: {
      purpose: 'delivery' | 'redelivery' | 'verify'
      eventIds: number[]
      causeId?: number
      onStart?: (attemptId: number) => void
    },
  ): Promise<AttemptOutcome> {
    const { timeline, clock, log } = this.#parts
    const { onStart, ...fields } = told
    const attemptId = timeline.add(
      { kind: 'attempt', atMs: clock.now(), channelId: channel.channelId, url, body, ...fields },
      body.length,
    )
    onStart?.(attemptId)
    this.#sender ??= import('./attempt.ts').then(({ createWebhookSender }) => createWebhookSender())
    const outcome = await (await this.#sender).attempt(channel, url, body)
    const result = {
      status: outcome.status,
      tookMs: outcome.tookMs,
      ...(!outcome.ok && { reason: outcome.reason, detail: outcome.detail }),
    }
    timeline.fill(attemptId, result)
    log.debug(
      {
        channelId: channel.channelId,
        purpose: told.purpose,
        events: told.eventIds.length,
        bodyBytes: body.length,
        ...result,
      },
      'webhook attempt',
    )
    return outcome
  }

  #serialize(channel: LineChannel, events: WebhookEvent[]): string {
    return serializeWebhookBody({ destination: channel.botUserId, events }, channel.profile)
  }
}

/** The user and the chat that the event names. */
function sourceOf(event: WebhookEvent): { userId?: string; chatId?: string } {
  const source = 'source' in event ? event.source : undefined
  if (source === undefined) return {}
  const chatId = source.type === 'group' ? source.groupId : source.type === 'room' ? source.roomId : undefined
  return { ...(source.userId !== undefined && { userId: source.userId }), ...(chatId !== undefined && { chatId }) }
}

/** LINE reference, "Webhook redelivery": the same event but for `isRedelivery`. */
function asRedelivery(event: WebhookEvent): WebhookEvent {
  return { ...event, deliveryContext: { isRedelivery: true } }
}
