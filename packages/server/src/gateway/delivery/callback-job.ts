// A callback as a job: one order per webhook and person.
import { gateOf, type NewJob } from '../core/jobs.ts'
import type { CallbackDraft } from '../core/model.ts'
import type { StoredJob } from '../store/port.ts'

export type CallbackBody = Pick<CallbackDraft, 'callbackId' | 'webhookId' | 'trigger' | 'body' | 'createdAtMs'>

export function callbackJob({ appId, lane, ...rest }: CallbackDraft): NewJob {
  const { callbackId, webhookId, trigger, body, createdAtMs } = rest
  const stored: CallbackBody = { callbackId, webhookId, trigger, body, createdAtMs }
  return {
    appId,
    queue: 'callback',
    lane,
    gate: gateOf(webhookId),
    jobId: callbackId,
    retryKey: undefined,
    coalesceHash: undefined,
    body: JSON.stringify(stored),
  }
}

export const readCallback = ({ body }: StoredJob): CallbackBody => JSON.parse(body) as CallbackBody // written above
