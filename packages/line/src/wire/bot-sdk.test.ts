// Our types against those of LINE's own SDK: what the check gives back can be sent with it, and what the platform
// writes can be read with it. The compiler does the work; the test only keeps the file among the tests.
import type { messagingApi, webhook } from '@line/bot-sdk'
import { expect, it } from 'vitest'
import type {
  BeaconEvent,
  Message,
  QuickReply,
  Sender,
  Template,
  TemplateAction,
  WebhookBody,
  WebhookEvent,
} from './index.ts'

/** Compiles only where every Ours may stand for a Theirs. */
const fits = <Theirs, Ours extends Theirs>(check: { ours?: Ours; theirs?: Theirs } = {}) =>
  Object.keys(check).length === 0

// `leave` belongs to profile 2017 alone; the SDK of today does not know it.
type CurrentBeacon = Omit<BeaconEvent, 'beacon'> & { beacon: webhook.BeaconContent }
type CurrentEvent = Exclude<WebhookEvent, BeaconEvent> | CurrentBeacon

it("holds LINE's own types to be wide enough for ours", () => {
  const checks = [
    // What is in a flex container is not looked at, and so has no type of its own.
    fits<messagingApi.Message, Exclude<Message, { type: 'flex' }>>(),
    fits<messagingApi.Template, Template>(),
    fits<messagingApi.Action, TemplateAction>(),
    fits<messagingApi.QuickReply, QuickReply>(),
    fits<messagingApi.Sender, Sender>(),
    fits<webhook.Event, CurrentEvent>(),
    fits<webhook.CallbackRequest, Omit<WebhookBody, 'events'> & { events: CurrentEvent[] }>(),
    // And the other way: no kind of message or event of the SDK is missing here.
    fits<Message['type'], messagingApi.Message['type']>(),
    fits<WebhookEvent['type'], webhook.Event['type']>(),
    fits<
      TemplateAction['type'] | 'camera' | 'cameraRoll' | 'location' | 'richmenuswitch',
      messagingApi.Action['type']
    >(),
  ]
  expect(checks.every(Boolean)).toBe(true)
})
