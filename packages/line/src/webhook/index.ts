// What a bot server does with a webhook of LINE: verify its signature, read its events. And the other side of it, the
// signature itself. Runs on Node (node:crypto).
export {
  type KnownEvent,
  parseWebhook,
  type ReceivedContent,
  type ReceivedEvent,
  type ReceivedWebhook,
  type UnknownEvent,
  WebhookParseError,
  type WebhookParseErrorCode,
} from './parse-webhook.ts'
export { signBody, verifySignature } from './signature.ts'
