// LINE as a channel of the gateway: what core asks of a connector, answered from the LINE channel's row.
import type { Outbound } from '../../../kit/outbound.ts'
import type { ConnectorAccountId } from '../../core/ids.ts'
import type { Connector, Prepared, SendAnswer } from '../../core/ports.ts'
import { type LineLimits, prepareForLine } from './from-core.ts'
import { type LineAccount, pushMessage } from './push-message.ts'

export interface LineConnectorOptions {
  outbound: Outbound
  lineChannel(id: ConnectorAccountId): Promise<(LineAccount & Pick<LineLimits, 'profile'>) | undefined>
}

export function lineConnector({ outbound, lineChannel }: LineConnectorOptions): Connector {
  const gone = { code: 'channel-missing', description: 'The LINE channel was removed.' } as const
  return {
    async prepare(accountId, content): Promise<Prepared> {
      const channel = await lineChannel(accountId)
      if (channel === undefined) return { kind: 'refused', failure: gone }
      return prepareForLine(content, { profile: channel.profile, allowLoopbackHttp: channel.reach === 'loopback' })
    },
    async send(send): Promise<SendAnswer> {
      const channel = await lineChannel(send.accountId)
      if (channel === undefined) return { kind: 'refused', failure: gone, detail: {} }
      return pushMessage(outbound, channel, send)
    },
  }
}
