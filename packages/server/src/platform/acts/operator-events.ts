// Events that no act in a chat causes: a linked account, a membership, and what LINE tells module channels and senders
// of notification messages. They are fired by whoever plays LINE's part.
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import type { PlatformCore } from '../core.ts'
import {
  accountLinkEvent,
  futureEvent,
  membershipEvent,
  type OperatorEvent,
  operatorEvent,
  type RaisedEvent,
} from '../webhooks/events.ts'
import { recordAct, type Told } from './act.ts'

export type FiredEvent =
  | { type: 'accountLink'; user: User; result: 'ok' | 'failed'; nonce: string }
  | { type: 'membership'; user: User; membership: 'joined' | 'left' | 'renewed'; membershipId: number }
  | OperatorEvent
  /** Of a kind that this platform does not know. */
  | { type: 'other'; event: { type: string } }

export function fireEvent(core: PlatformCore, channel: LineChannel, fired: FiredEvent): Told {
  const causeId = recordAct(core, 'operator', { channel }, { action: fired.type })
  const raised = raise(core, channel, fired)
  const notSent = core.webhooks.send(channel, raised, causeId)
  const webhookEventIds = [raised.webhookEventId]
  return notSent === undefined ? { webhookEventIds } : { webhookEventIds, notSent }
}

function raise(core: PlatformCore, { channelId }: LineChannel, fired: FiredEvent): RaisedEvent {
  switch (fired.type) {
    case 'accountLink': {
      const { user, result, nonce } = fired
      return accountLinkEvent(core, core.chats.open(channelId, user.userId), { result, nonce })
    }
    case 'membership': {
      const { user, membership: type, membershipId } = fired
      return membershipEvent(core, core.chats.open(channelId, user.userId), { type, membershipId })
    }
    case 'other':
      return futureEvent(core, fired.event)
    case 'module':
    case 'activated':
    case 'deactivated':
    case 'botSuspended':
    case 'botResumed':
    case 'delivery':
      return operatorEvent(core, fired)
    default:
      return fired satisfies never
  }
}
