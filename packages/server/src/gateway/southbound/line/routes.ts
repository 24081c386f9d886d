// Where LINE delivers webhooks: verified on the raw bytes, on disk before the answer, worked off afterwards.
import { parseWebhook, type ReceivedWebhook, verifySignature, WebhookParseError } from '@hatoba/line/webhook'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { Clock } from '../../../kit/clock.ts'
import type { Logger } from '../../../kit/log.ts'
import { type AppId, type ConnectorAccountId, parseId } from '../../core/ids.ts'
import { UnavailableError } from '../../core/unavailable-error.ts'
import { answerError } from './errors.ts'
import { dedupeKey, whoseEvent } from './to-core.ts'

const MOST_BODY_BYTES = 2 * 1024 * 1024

interface ReceivedRow {
  appId: AppId
  lineChannelId: ConnectorAccountId
  about: string
  dedupeKey: string
  destination: string
  event: string
  receivedAtMs: number
}

interface LineEdgeChannel {
  appId: AppId
  channelSecret: string
  previousChannelSecret: string | undefined
}

export interface LineEdgeOptions {
  lineChannel(id: ConnectorAccountId): Promise<LineEdgeChannel | undefined>
  /** Resolves once the event is on disk. `full`: too many are waiting, nothing is stored. */
  events: { store(row: ReceivedRow): Promise<'stored' | 'duplicate' | 'full'> }
  clock: Clock
  log: Logger
}

export function lineEdge({ lineChannel, events, clock, log }: LineEdgeOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.setNotFoundHandler((_request, reply) => answerError(reply, 'not_found'))
    scope.setErrorHandler((error: FastifyError | UnavailableError, _request, reply) => {
      if (error instanceof UnavailableError) {
        log.warn({ err: error }, 'a webhook of LINE has to come again')
        return answerError(reply, 'overloaded')
      }
      if (error.statusCode === 413) return answerError(reply, 'too_large')
      if (error.statusCode !== undefined && error.statusCode < 500) return answerError(reply, 'bad_request')
      log.error({ err: error }, 'a webhook of LINE could not be taken')
      return answerError(reply, 'internal')
    })

    scope.post<{ Params: { lineChannelId: string } }>('/:lineChannelId', async (request, reply) => {
      const lineChannelId = parseId<ConnectorAccountId>(request.params.lineChannelId)
      const channel = lineChannelId === undefined ? undefined : await lineChannel(lineChannelId)
      if (lineChannelId === undefined || channel === undefined) return answerError(reply, 'not_found')
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (!verifySignature(rawBody, request.headers['x-line-signature'], secretsOf(channel))) {
        log.warn({ lineChannelId, sizeBytes: rawBody.length }, 'a webhook with a wrong signature was refused')
        return answerError(reply, 'bad_signature')
      }
      const webhook = readWebhook(rawBody)
      if (webhook === undefined) return answerError(reply, 'not_a_webhook')
      const receivedAtMs = clock.now()
      const stored = await Promise.all(
        webhook.events.map((event) => {
          const raw = event.type === 'unknown' ? event.raw : event // a known event is the object that came
          return events.store({
            appId: channel.appId,
            lineChannelId,
            about: whoseEvent(event),
            dedupeKey: dedupeKey(event, raw),
            destination: webhook.destination ?? '',
            event: JSON.stringify(raw),
            receivedAtMs,
          })
        }),
      )
      // LINE redelivers the whole body then; what is stored already is recognised.
      if (stored.includes('full')) return answerError(reply, 'overloaded')
      const duplicates = stored.filter((answer) => answer === 'duplicate').length
      log.info({ lineChannelId, sizeBytes: rawBody.length, events: stored.length, duplicates }, 'webhook stored')
      return reply.code(200).send({})
    })
  }
}

/** While a secret is rotated, LINE may sign with either. */
function secretsOf({ channelSecret, previousChannelSecret }: LineEdgeChannel): string[] {
  return previousChannelSecret === undefined ? [channelSecret] : [channelSecret, previousChannelSecret]
}

function readWebhook(rawBody: Buffer): ReceivedWebhook | undefined {
  try {
    return parseWebhook(rawBody)
  } catch (error) {
    if (error instanceof WebhookParseError) return undefined
    throw error
  }
}
