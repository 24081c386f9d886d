// Owner of the fault rules: which there are, how often each has fitted and fired, and which fires now.
import { createHash } from 'node:crypto'
import type { StateOwner } from '../state/state-owner.ts'
import type { CallFaultRule, CallOfFault, FaultRule, WebhookFaultRule, WebhookOfFault } from './fault-rule.ts'

const MOST_RULES = 1000

/** A rule with what became of it so far. */
export interface KeptFaultRule {
  /** A number that grows: rules are asked in this order. */
  readonly id: number
  readonly rule: FaultRule
  /** Calls or webhooks that it was asked about and that fitted. */
  readonly fitted: number
  readonly fired: number
}

/** The fault that fires, and the rule that it comes from. */
export interface FiredFault<Rule extends FaultRule> {
  readonly ruleId: number
  readonly fault: Rule['fault']
}

export class Faults {
  readonly #rules = new Map<number, KeptFaultRule>()
  readonly #onChange: () => void
  readonly #seed: string
  #nextId = 1

  /** @param seed tells the probable from the improbable: the same for the same run */
  constructor(seed: string, onChange: () => void) {
    this.#seed = seed
    this.#onChange = onChange
  }

  /** Nothing can fire: not even the question needs to be put together. */
  get none(): boolean {
    return this.#rules.size === 0
  }

  /** Undefined where there are as many as there may be. */
  add(rule: FaultRule): KeptFaultRule | undefined {
    if (this.#rules.size >= MOST_RULES) return undefined
    const kept = { id: this.#nextId, rule, fitted: 0, fired: 0 }
    this.owner.restore(kept)
    this.#onChange()
    return kept
  }

  find(id: number): KeptFaultRule | undefined {
    return this.#rules.get(id)
  }

  all(): IterableIterator<KeptFaultRule> {
    return this.#rules.values()
  }

  /** False where there is no such rule. */
  remove(id: number): boolean {
    const removed = this.#rules.delete(id)
    if (removed) this.#onChange()
    return removed
  }

  removeAll(): void {
    this.#rules.clear()
    this.#onChange()
  }

  /** Every rule that fits counts the call; the first that fires tells what happens. */
  ofCall(call: CallOfFault): FiredFault<CallFaultRule> | undefined {
    return this.#ask((rule) => (rule.on === 'call' && fitsCall(rule, call) ? rule : undefined))
  }

  /** As {@link ofCall}. */
  ofWebhook(webhook: WebhookOfFault): FiredFault<WebhookFaultRule> | undefined {
    return this.#ask((rule) => (rule.on === 'webhook' && fitsWebhook(rule, webhook) ? rule : undefined))
  }

  readonly owner: StateOwner = ownerOf<KeptFaultRule>({
    kind: 'fault-rule',
    rows: () => this.#rules.values(),
    restore: (kept) => {
      this.#rules.set(kept.id, kept)
      this.#nextId = Math.max(this.#nextId, kept.id + 1)
    },
    clear: () => {
      this.#rules.clear()
      this.#nextId = 1
    },
  })

  #ask<Rule extends FaultRule>(fitting: (rule: FaultRule) => Rule | undefined): FiredFault<Rule> | undefined {
    let found: FiredFault<Rule> | undefined
    for (const kept of this.#rules.values()) {
      const rule = fitting(kept.rule)
      if (rule === undefined) continue
      const fitted = kept.fitted + 1
      const fires = found === undefined && this.#fires(kept, fitted)
      this.#rules.set(kept.id, { ...kept, fitted, fired: kept.fired + (fires ? 1 : 0) })
      this.#onChange()
      if (fires) found = { ruleId: kept.id, fault: rule.fault }
    }
    return found
  }

  #fires({ id, rule, fired }: KeptFaultRule, fitted: number): boolean {
    const { probability, nth, every, times } = rule
    if (times !== undefined && fired >= times) return false
    if (nth !== undefined && fitted !== nth) return false
    if (every !== undefined && fitted % every !== 0) return false
    return probability === undefined || this.#chance(id, fitted) < probability
  }

  /** From 0 to below 1. Worked out from the counts alone, so that a snapshot need not keep a generator's state. */
  #chance(id: number, fitted: number): number {
    return createHash('sha256').update(`${this.#seed}/${id}/${fitted}`).digest().readUInt32BE() / 2 ** 32
  }
}

/** An owner is given only rows that it gave out itself. */
const ownerOf = <Row>(typed: StateOwner<Row>): StateOwner => typed

function fitsCall(rule: CallFaultRule, { operation, channelId, userIds }: CallOfFault): boolean {
  if (rule.operation !== undefined && rule.operation !== operation) return false
  if (rule.channelId !== undefined && rule.channelId !== channelId) return false
  return rule.userId === undefined || userIds().includes(rule.userId)
}

function fitsWebhook(rule: WebhookFaultRule, { channelId, eventTypes, userIds }: WebhookOfFault): boolean {
  if (rule.channelId !== undefined && rule.channelId !== channelId) return false
  if (rule.eventType !== undefined && !eventTypes.includes(rule.eventType)) return false
  return rule.userId === undefined || userIds.includes(rule.userId)
}
