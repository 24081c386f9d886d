// One webhook request and how it ended, in the four reasons of LINE's error statistics.
import { signBody } from '@hatoba/line/webhook'
import { createOutbound, type Outbound, OutboundError } from '../../kit/outbound.ts'
import type { LineChannel } from '../accounts/channels.ts'

/** LINE reference, "Check webhook error causes and statistics". */
export type FailureReason = 'could_not_connect' | 'request_timeout' | 'error_status_code' | 'unclassified'

export type AttemptOutcome =
  | { ok: true; status: number; tookMs: number }
  | { ok: false; status: number; tookMs: number; reason: FailureReason; detail: string; unknownHost: boolean }

/** Sends webhook requests. The module is loaded with the first one: an HTTP client takes a while to load. */
export interface WebhookSender {
  attempt(channel: LineChannel, url: string, body: string): Promise<AttemptOutcome>
  close(): Promise<void>
}

export function createWebhookSender(): WebhookSender {
  const outbound = createOutbound()
  return {
    attempt: (channel, url, body) => attemptWebhook(outbound, channel, url, body),
    close: () => outbound.close(),
  }
}

// LINE reference, "Webhooks": the bot server answers within 2 seconds
const TIMEOUT_MS = 2000
const KEEP_BODY_BYTES = 1024

/** Sends the body, signed, and waits for the answer, on the machine's own time. */
async function attemptWebhook(
  outbound: Outbound,
  channel: LineChannel,
  url: string,
  body: string,
): Promise<AttemptOutcome> {
  const startedAt = performance.now()
  const tookMs = () => Math.round(performance.now() - startedAt)
  try {
    const { status } = await outbound.request({
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'LineBotWebhook/2.0', // LINE facts sheet, "Webhooks: delivery"
        // LINE reference, "Webhooks": the name was X-Line-Signature; today it is sent in lower case
        [channel.profile === '2017' ? 'X-Line-Signature' : 'x-line-signature']: signBody(body, channel.channelSecret),
      },
      body,
      timeoutMs: TIMEOUT_MS,
      reach: 'any', // a bot under development is on this machine or in its network
      keepBodyBytes: KEEP_BODY_BYTES,
    })
    if (status >= 200 && status < 300) return { ok: true, status, tookMs: tookMs() }
    const failure = { reason: 'error_status_code' as const, detail: String(status), unknownHost: false }
    return { ok: false, status, tookMs: tookMs(), ...failure }
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return { ok: false, status: 0, tookMs: tookMs(), ...classify(error) }
  }
}

interface Classified {
  reason: FailureReason
  detail: string
  unknownHost: boolean
}

/** LINE reference, "Check webhook error causes and statistics": the details of each reason. */
function classify(error: OutboundError): Classified {
  const as = (reason: FailureReason, detail: string): Classified => ({ reason, detail, unknownHost: false })
  switch (error.code) {
    case 'timeout':
      return as('request_timeout', 'Request timeout')
    case 'bad_url':
      return as('could_not_connect', 'Invalid URL syntax')
    case 'address_denied':
      return as('could_not_connect', 'Connection failed')
    case 'broken_answer':
      return as('unclassified', 'Stream closed unexpectedly')
    case 'unreachable':
      return classifyUnreachable(error)
    default: {
      const unknown: never = error.code
      throw new Error(`an outbound failure of unknown kind: ${String(unknown)}`)
    }
  }
}

function classifyUnreachable(error: OutboundError): Classified {
  const code = error.message // the outbound client names the system's code there
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { reason: 'could_not_connect', detail: 'Unknown host', unknownHost: true }
  const as = (reason: FailureReason, detail: string): Classified => ({ reason, detail, unknownHost: false })
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return as('could_not_connect', 'Connection timeout')
  if (/^ERR_SSL_WRONG_VERSION_NUMBER|^ERR_SSL_PACKET_LENGTH/.test(code))
    return as('could_not_connect', 'No SSL/TLS record')
  if (/SSL|TLS|CERT|EPROTO|SIGNATURE|ISSUER/.test(code)) return as('could_not_connect', 'TLS handshake failure')
  if (!error.sent) return as('could_not_connect', 'Connection failed')
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || code === 'EPIPE')
    return as('unclassified', 'Session closed unexpectedly')
  return as('unclassified', 'Unclassified webhook dispatch error')
}
