// What LINE says of a channel that is set up already: whether its credentials hold, and where its webhooks go.
import type { Outbound } from '../../../kit/outbound.ts'
import { callLine } from './call-line.ts'
import { type ChannelCredentials, issueStatelessToken } from './channel-tokens.ts'

export type ChannelExamination =
  | { kind: 'unreachable'; reason: string }
  | { kind: 'refused'; what: 'the channel secret' | 'the channel access token'; reason: string }
  | {
      kind: 'valid'
      /** undefined: none is set. */
      webhook: { url: string; active: boolean } | undefined
      /** How far this machine's clock is ahead of LINE's. */
      clockAheadMs: number | undefined
    }

export async function examineChannel(
  outbound: Outbound,
  channel: ChannelCredentials & { channelAccessToken: string | undefined },
  now: () => number,
): Promise<ChannelExamination> {
  const { answer: issued } = await issueStatelessToken(outbound, channel)
  if (issued.kind === 'unanswered') return { kind: 'unreachable', reason: issued.reason }
  if (issued.kind === 'refused') return { kind: 'refused', what: 'the channel secret', reason: issued.reason }
  const channelAccessToken = channel.channelAccessToken ?? issued.channelAccessToken
  const path = '/v2/bot/channel/webhook/endpoint'
  const endpoint = await callLine(outbound, channel, { method: 'GET', path, channelAccessToken })
  const nowMs = now()
  // LINE reference, "Get webhook endpoint information": 404 where no URL is set.
  if (endpoint.kind === 'refused' && endpoint.status === 404)
    return { kind: 'valid', webhook: undefined, clockAheadMs: undefined }
  if (endpoint.kind === 'refused') return { kind: 'refused', what: 'the channel access token', reason: endpoint.reason }
  if (endpoint.kind === 'unanswered') return { kind: 'unreachable', reason: endpoint.reason }
  return {
    kind: 'valid',
    webhook: { url: endpoint.text('endpoint'), active: endpoint.active },
    clockAheadMs: endpoint.dateMs === undefined ? undefined : nowMs - endpoint.dateMs,
  }
}
