// From a notice to the callbacks that tell of it: one per webhook that asked for it.
import { type CallbackId, newId } from './ids.ts'
import type { CallbackDraft, Notice, Webhook } from './model.ts'
import type { CallbackDialects } from './ports.ts'

/** Callbacks about one person reach one webhook in order. */
const callbackLane = (webhook: Webhook, identity: string): string => `${webhook.webhookId}/${identity}`

export function draftCallbacks(
  notice: Notice,
  webhooks: readonly Webhook[],
  dialects: CallbackDialects,
  nowMs: number,
): CallbackDraft[] {
  const drafts: CallbackDraft[] = []
  for (const webhook of webhooks) {
    if (!webhook.enabled) continue
    const form = dialects[webhook.dialect]?.render(notice, webhook)
    if (form === undefined) continue
    drafts.push({
      callbackId: newId<CallbackId>(nowMs),
      appId: webhook.appId,
      webhookId: webhook.webhookId,
      lane: callbackLane(webhook, notice.identity),
      trigger: form.trigger,
      body: form.body,
      createdAtMs: nowMs,
    })
  }
  return drafts
}
