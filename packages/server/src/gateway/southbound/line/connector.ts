// LINE as a channel of the gateway: what core asks of a connector, answered from the LINE channel's row.
import type { Outbound } from '../../../kit/outbound.ts'
import type { ConnectorAccountId } from '../../core/ids.ts'
import type { Failure } from '../../core/model.ts'
import type { Connector, Prepared, SendAnswer } from '../../core/ports.ts'
import type { ChannelCredentials, ChannelTokens } from './channel-tokens.ts'
import { type LineLimits, prepareForLine } from './from-core.ts'
import { type LineAccount, pushMessage } from './push-message.ts'

/** `channelAccessToken` undefined: one is asked for with id and secret. */
type LineChannelRow = Omit<LineAccount, 'channelAccessToken'> &
  ChannelCredentials &
  Pick<LineLimits, 'profile'> & { channelAccessToken: string | undefined }

export interface LineConnectorOptions {
  outbound: Outbound
  tokens: ChannelTokens
  lineChannel(id: ConnectorAccountId): Promise<LineChannelRow | undefined>
}

const GONE = { code: 'channel-missing', description: 'The LINE channel was removed.' } as const

export function lineConnector({ outbound, tokens, lineChannel }: LineConnectorOptions): Connector {
  return {
    async prepare(accountId, content): Promise<Prepared> {
      const channel = await lineChannel(accountId)
      if (channel === undefined) return { kind: 'refused', failure: GONE }
      return prepareForLine(content, { profile: channel.profile, allowLoopbackHttp: channel.reach === 'loopback' })
    },

    async send(send): Promise<SendAnswer> {
      const channel = await lineChannel(send.accountId)
      if (channel === undefined) return { kind: 'refused', failure: GONE, detail: {} }
      const { channelAccessToken } = channel
      if (channelAccessToken !== undefined) return pushMessage(outbound, { ...channel, channelAccessToken }, send)
      for (let again = false; ; again = true) {
        const issued = await tokens.get(channel)
        if (issued.kind !== 'issued') return withoutToken(issued)
        const answer = await pushMessage(outbound, { ...channel, ...issued }, send)
        if (answer.detail.status !== 401 || again) return answer
        tokens.forget(channel) // LINE may end a token before its time
      }
    },
  }
}

function withoutToken({ kind, reason }: { kind: 'refused' | 'unanswered'; reason: string }): SendAnswer {
  const code: Failure['code'] = kind === 'refused' ? 'channel-misconfigured' : 'channel-unreachable'
  const description = `The underlying channel issued no access token: ${reason}`
  return { kind, failure: { code, description }, detail: { error: 'no_token' } }
}
