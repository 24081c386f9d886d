// Asks LINE whether a channel's id, secret and token are right and belong together, before anything is stored, and
// tells LINE where the channel's webhook is.
import type { Outbound } from '../../../kit/outbound.ts'
import type { ConnectorAccountId } from '../../core/ids.ts'
import { callLine, type LineHost, type LineReply } from './call-line.ts'
import { type ChannelCredentials, type ChannelTokens, issueStatelessToken } from './channel-tokens.ts'

/** With a token LINE itself names the channel's id; without one it must be given. */
type GivenCredentials = LineHost & { channelSecret: string } & (
    | { channelAccessToken: string; channelId: string | undefined }
    | { channelAccessToken: undefined; channelId: string }
  )

type ChannelProof =
  | { kind: 'proven'; channelId: string; botUserId: string; displayName: string; basicId: string }
  | { kind: 'refused'; field: 'channelId' | 'channelSecret' | 'channelAccessToken'; reason: string }
  | { kind: 'unreachable'; reason: string }

async function proveChannel(outbound: Outbound, given: GivenCredentials): Promise<ChannelProof> {
  const { channelSecret, channelAccessToken, apiUrl, reach } = given
  const named = channelAccessToken === undefined ? undefined : await nameChannel(outbound, given, channelAccessToken)
  if (named?.kind === 'refused') return { kind: 'refused', field: 'channelAccessToken', reason: named.reason }
  if (named?.kind === 'unanswered') return { kind: 'unreachable', reason: named.reason }
  const channelId = named?.text('client_id') ?? given.channelId ?? ''
  if (named !== undefined && given.channelId !== undefined && given.channelId !== channelId)
    return { kind: 'refused', field: 'channelId', reason: 'the channel access token belongs to another channel' }

  // A token cannot be asked for without the right secret.
  const { answer: issued } = await issueStatelessToken(outbound, { channelId, channelSecret, apiUrl, reach })
  if (issued.kind === 'unanswered') return { kind: 'unreachable', reason: issued.reason }
  if (issued.kind === 'refused') return { kind: 'refused', field: 'channelSecret', reason: issued.reason }

  const token = channelAccessToken ?? issued.channelAccessToken
  const bot = await callLine(outbound, given, { method: 'GET', path: '/v2/bot/info', channelAccessToken: token })
  if (bot.kind === 'unanswered') return { kind: 'unreachable', reason: bot.reason }
  // A LINE Login channel has id and secret too, but no bot.
  if (bot.kind === 'refused')
    return { kind: 'refused', field: 'channelId', reason: `no Messaging API channel: ${bot.reason}` }
  return {
    kind: 'proven',
    channelId,
    botUserId: bot.text('userId'),
    displayName: bot.text('displayName'),
    basicId: bot.text('basicId'),
  }
}

/** LINE reference, "Verify the validity of short-lived and long-lived channel access tokens". */
const nameChannel = (outbound: Outbound, host: LineHost, channelAccessToken: string): Promise<LineReply> =>
  callLine(outbound, host, { method: 'POST', path: '/v2/oauth/verify', form: { access_token: channelAccessToken } })

type StoredChannel = ChannelCredentials & { channelAccessToken: string | undefined }

export interface LineDeskOptions {
  outbound: Outbound
  tokens: ChannelTokens
  lineChannel(id: ConnectorAccountId): Promise<StoredChannel | undefined>
}

/** What an operator has to do with LINE. */
export const lineDesk = ({ outbound, tokens, lineChannel }: LineDeskOptions) => ({
  prove: (given: GivenCredentials) => proveChannel(outbound, given),

  /** LINE reference, "Set webhook endpoint URL". */
  async setWebhookUrl(id: ConnectorAccountId, endpoint: string): Promise<WebhookSet> {
    const channel = await lineChannel(id)
    if (channel === undefined) return { kind: 'failed', reason: 'the LINE channel was removed' }
    const issued = await tokenOf(channel, tokens)
    if (issued.kind !== 'issued') return { kind: 'failed', reason: issued.reason }
    const { channelAccessToken } = issued
    const path = '/v2/bot/channel/webhook/endpoint'
    const reply = await callLine(outbound, channel, { method: 'PUT', path, channelAccessToken, json: { endpoint } })
    return reply.kind === 'answered' ? { kind: 'set' } : { kind: 'failed', reason: reply.reason }
  },
})

type WebhookSet = { kind: 'set' } | { kind: 'failed'; reason: string }

async function tokenOf(channel: StoredChannel, tokens: ChannelTokens) {
  const { channelAccessToken } = channel
  return channelAccessToken === undefined ? tokens.get(channel) : { kind: 'issued' as const, channelAccessToken }
}
