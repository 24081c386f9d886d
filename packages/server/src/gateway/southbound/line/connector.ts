// LINE as a channel of the gateway: what core asks of a connector, answered from the LINE channel's row.
import type { Outbound } from '../../../kit/outbound.ts'
import type { AppId, ConnectorAccountId } from '../../core/ids.ts'
import type { FetchedMedia, MediaProbe, MediaSource } from '../../core/media.ts'
import type { Failure, Reach } from '../../core/model.ts'
import type { Connector, Prepared, SendAnswer, StoredSend } from '../../core/ports.ts'
import type { ChannelCredentials, ChannelTokens } from './channel-tokens.ts'
import { resolveMedia } from './check-media.ts'
import { fetchContent } from './fetch-content.ts'
import { type LineLimits, linkedContentOf, prepareForLine } from './from-core.ts'
import type { Pace } from './pace.ts'
import { callSend, type LineAccount } from './push-message.ts'

/** After that many a file that cannot be reached is given up. */
const MOST_PROBES = 3

/** `channelAccessToken` undefined: one is asked for with id and secret. */
type LineChannelRow = Omit<LineAccount, 'channelAccessToken'> &
  ChannelCredentials &
  Pick<LineLimits, 'profile'> & { appId: AppId; dataUrl: string; channelAccessToken: string | undefined }

export interface LineConnectorOptions {
  outbound: Outbound
  tokens: ChannelTokens
  pace: Pace
  lineChannel(id: ConnectorAccountId): Promise<LineChannelRow | undefined>
  probe: MediaProbe
  /** Where URLs that an app's customers and people name may lead. */
  reachOfApp(appId: AppId): Promise<Reach>
}

const GONE = { code: 'channel-missing', description: 'The LINE channel was removed.' } as const

export function lineConnector(options: LineConnectorOptions): Connector & MediaSource {
  const { outbound, tokens, pace, lineChannel, probe, reachOfApp } = options

  const limitsOf = async ({ profile, appId }: LineChannelRow): Promise<LineLimits> => ({
    profile,
    allowLoopbackHttp: (await reachOfApp(appId)) === 'loopback',
  })

  /** What the customer's URLs lead to is looked at now, so that the customer was not kept waiting for it. */
  async function finalPayload(channel: LineChannelRow, send: StoredSend): Promise<string | SendAnswer> {
    const linked = linkedContentOf(send.payload)
    if (linked === undefined) return send.payload
    const limits = await limitsOf(channel)
    const resolved = await resolveMedia(linked, { ...limits, probe, reach: await reachOfApp(channel.appId) })
    if (resolved.kind === 'ready') return resolved.payload
    const isLast = resolved.kind === 'refused' || send.attempts + 1 >= MOST_PROBES
    return { ...ended(isLast), failure: resolved.failure, detail: { error: 'media' } }
  }

  return {
    async prepare(accountId, content): Promise<Prepared> {
      const channel = await lineChannel(accountId)
      if (channel === undefined) return { kind: 'refused', failure: GONE }
      const prepared = prepareForLine(content, await limitsOf(channel))
      // The API of 2017 knows no retry keys.
      return prepared.kind === 'ready' ? { ...prepared, repeatable: channel.profile !== '2017' } : prepared
    },

    async send(stored, way): Promise<SendAnswer> {
      const channel = await lineChannel(stored.accountId)
      if (channel === undefined) return { kind: 'refused', failure: GONE, detail: {} }
      const payload = await finalPayload(channel, stored)
      if (typeof payload !== 'string') return payload
      const send = { ...stored, payload }
      await pace.turn(stored.accountId, way.kind)
      const { channelAccessToken } = channel
      if (channelAccessToken !== undefined) return callSend(outbound, { ...channel, channelAccessToken }, send, way)
      for (let again = false; ; again = true) {
        const issued = await tokens.get(channel)
        if (issued.kind !== 'issued') return withoutToken(issued)
        const answer = await callSend(outbound, { ...channel, ...issued }, send, way)
        if (answer.detail.status !== 401 || again) return answer
        tokens.forget(channel) // LINE may end a token before its time
      }
    },

    async fetchMedia(accountId, media, mostBytes, signal): Promise<FetchedMedia> {
      const channel = await lineChannel(accountId)
      if (channel === undefined) return { kind: 'gone', failure: GONE }
      const issued =
        channel.channelAccessToken === undefined
          ? await tokens.get(channel)
          : { kind: 'issued' as const, channelAccessToken: channel.channelAccessToken }
      if (issued.kind !== 'issued') return { kind: 'unanswered', reason: issued.reason }
      const account = { ...channel, ...issued, foreignReach: await reachOfApp(channel.appId) }
      const fetched = await fetchContent(outbound, account, media, { mostBytes, signal })
      if (fetched.kind === 'unanswered' && fetched.reason === 'status 401') tokens.forget(channel)
      return fetched
    },
  }
}

/** Before LINE was asked to send. */
const ended = (isLast: boolean) =>
  isLast ? ({ kind: 'refused' } as const) : ({ kind: 'unanswered', notSent: true } as const)

function withoutToken({ kind, reason }: { kind: 'refused' | 'unanswered'; reason: string }): SendAnswer {
  const code: Failure['code'] = kind === 'refused' ? 'channel-misconfigured' : 'channel-unreachable'
  const description = `The underlying channel issued no access token: ${reason}`
  return { ...ended(kind === 'refused'), failure: { code, description }, detail: { error: 'no_token' } }
}
