// The words for faults that are made on purpose: what goes wrong, with which calls or webhooks, and how often.

/** What can happen to a call of LINE's API. */
export type CallFault =
  /** Answered in place of the operation, which does not run. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown; readonly delayMs?: number }
  /** The operation runs, and its answer comes, that much later. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** The connection is reset and the operation does not run. */
  | { readonly kind: 'reset' }
  /** The operation runs; the connection breaks in the middle of the answer. */
  | { readonly kind: 'half-body' }
  /** The operation runs; no answer comes until the caller gives up. */
  | { readonly kind: 'accepted-then-timeout' }

/** What can happen to a webhook request. */
export type WebhookFault =
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** It comes twice, byte for byte. */
  | { readonly kind: 'duplicate' }
  /** It is held back until the channel's next one has gone out, or for a second. */
  | { readonly kind: 'out-of-order' }

export const CALL_FAULTS = ['status', 'delay', 'reset', 'half-body', 'accepted-then-timeout'] as const
export const WEBHOOK_FAULTS = ['delay', 'duplicate', 'out-of-order'] as const

/** What is left out of the conditions fits all. */
interface FaultConditions {
  readonly channelId?: string
  /** Named by the call as recipient or in its path, the user whose event a reply answers, or the event's source. */
  readonly userId?: string
  /** From 0 to 1; told by the seed, so that a run can be repeated. */
  readonly probability?: number
  /** Only the n-th that fits, counted from 1. */
  readonly nth?: number
  /** Every n-th that fits. */
  readonly every?: number
  /** Fires that often at most. */
  readonly times?: number
}

export interface CallFaultRule extends FaultConditions {
  readonly on: 'call'
  /** The operation's name, as `pushMessage`. */
  readonly operation?: string
  readonly fault: CallFault
}

export interface WebhookFaultRule extends FaultConditions {
  readonly on: 'webhook'
  /** A type of event, one of which the request carries. */
  readonly eventType?: string
  readonly fault: WebhookFault
}

export type FaultRule = CallFaultRule | WebhookFaultRule

export interface CallOfFault {
  readonly operation: string
  readonly channelId: string | undefined
  /** Asked only where a rule is about a user. */
  readonly userIds: () => readonly string[]
}

export interface WebhookOfFault {
  readonly channelId: string
  readonly eventTypes: readonly string[]
  readonly userIds: readonly string[]
}
