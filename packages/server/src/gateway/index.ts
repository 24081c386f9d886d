// The gateway: customers speak the Sinch Conversation API or the 8x8 Messaging API to it, it speaks LINE's Messaging
// API. This file puts the parts together and owns their order at start and at the end: open what is stored, take up
// what is open, listen; stop listening, end what is under way, close.
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { Activity } from '../kit/activity.ts'
import { type Clock, systemClock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import { createOutbound } from '../kit/outbound.ts'
import { createSealer } from '../kit/seal.ts'
import { admit } from './admin/access.ts'
import { answerError as answerAdmin } from './admin/errors.ts'
import { makeFirstAdminKey } from './admin/first-key.ts'
import { adminEdge } from './admin/routes.ts'
import { watchChanges } from './admin/watch-changes.ts'
import { type ProjectId, parseId } from './core/ids.ts'
import type { CallbackDialects, Recipients } from './core/ports.ts'
import { type SendCommand, type SendPorts, sendMessage } from './core/send-message.ts'
import { callbackAttempts } from './delivery/callbacks.ts'
import { delivery } from './delivery/delivery.ts'
import { inboundAttempts } from './delivery/inbound.ts'
import { needsMark } from './delivery/send-job.ts'
import { sendAttempts } from './delivery/sends.ts'
import { type DemoChange, ensureDemo, type GatewayDemo, pointDemo } from './demo.ts'
import { deriveKey, loadMasterKey } from './master-key.ts'
import { mediaCopier } from './media/copy-in.ts'
import { MEDIA_PATH, signedLinks } from './media/links.ts'
import { openMediaStore } from './media/open-media-store.ts'
import { mediaProbe } from './media/probe.ts'
import { MediaRetention } from './media/retention.ts'
import { mediaRoutes } from './media/routes.ts'
import type { S3Credentials } from './media/s3-signature.ts'
import { gatewayMetrics } from './metrics.ts'
import { eightXEightCallbacks } from './northbound/eightxeight/callbacks.ts'
import { answerError as answerEight } from './northbound/eightxeight/errors.ts'
import { eightXEightEdge } from './northbound/eightxeight/routes.ts'
import { sinchAccess } from './northbound/sinch/access.ts'
import { sinchCallbacks } from './northbound/sinch/callbacks.ts'
import { answerError as answerSinch } from './northbound/sinch/errors.ts'
import { writeMessage } from './northbound/sinch/from-core.ts'
import { sinchEdge } from './northbound/sinch/routes.ts'
import { tokenRoute } from './northbound/sinch/token-route.ts'
import { pages } from './pages.ts'
import { channelTokens } from './southbound/line/channel-tokens.ts'
import { lineConnector } from './southbound/line/connector.ts'
import { answerError as answerLine } from './southbound/line/errors.ts'
import { mostTogetherOnLine, Pace } from './southbound/line/pace.ts'
import { lineDesk } from './southbound/line/prove-channel.ts'
import { replyTokenMemory } from './southbound/line/reply-tokens.ts'
import { lineEdge } from './southbound/line/routes.ts'
import { readLineEvent } from './southbound/line/to-core.ts'
import { attemptLog } from './store/attempt-log.ts'
import { sealPurpose } from './store/directory.ts'
import { queueLags } from './store/lag.ts'
import { openStore } from './store/open-store.ts'

export type { GatewayDemo } from './demo.ts'

const DRAIN_LIMIT_MS = 15_000
const IDLE_SWEEP_MS = 50
/** For a request to arrive whole. */
const REQUEST_LIMIT_MS = 30_000
const SEND_LIMITS = { attemptsAtOnce: 64, attemptsPerGate: 48, jobsInMemory: 20_000, jobsPerGate: 10_000 }
const CALLBACK_LIMITS = { attemptsAtOnce: 64, attemptsPerGate: 32, jobsInMemory: 20_000, jobsPerGate: 10_000 }
const INBOUND_LIMITS = { attemptsAtOnce: 200, attemptsPerGate: 200, jobsInMemory: 20_000, jobsPerGate: 10_000 }

export interface GatewayOptions {
  dataDir: string
  /** A PostgreSQL that any number of gateways share; default: SQLite in the data folder. */
  databaseUrl?: string
  host: string
  port: number
  /** The base of URLs given away; default: where it listens. */
  publicUrl?: string
  log: Logger
  clock?: Clock
  /** 32 bytes; default: the data folder's. */
  masterKey?: Buffer
  /** LINE's base URLs for new LINE channels. */
  lineApiUrl: string
  lineDataUrl: string
  demo?: GatewayDemo
  /** Where people's files are kept; default: in the data folder. */
  mediaUrl?: string
  s3Credentials?: S3Credentials
  /** Networks that are not public and may be reached all the same, as `10.1.0.0/16`. */
  allowedNetworks?: readonly string[]
}

export interface Gateway {
  url: string
  /** An owner key, where there was no admin key before this start. It is told nowhere else. */
  firstAdminKey?: string
  /** Resolves when nothing is due or under way; retries that are not due yet do not count. */
  settle(): Promise<void>
  /** Addresses of the demo's rows; LINE's are those of new LINE channels too. */
  pointDemo(change: DemoChange): Promise<void>
  /** Ends what is under way and closes; what is only stored is taken up at the next start. */
  close(): Promise<void>
}

/** @throws StoreError where the data folder cannot be used */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, host, port, log, clock = systemClock, demo } = options
  const masterKey = loadMasterKey(dataDir, options.masterKey)
  const sealer = createSealer([masterKey])
  const activity = new Activity()
  const { mediaUrl, s3Credentials, allowedNetworks = [] } = options
  const outbound = createOutbound({ allowedNetworks })
  const media = openMediaStore({ mediaUrl, dataDir, s3Credentials, outbound })
  const store = await openStore({ dataDir, databaseUrl: options.databaseUrl, sealer, clock, log })
  const attempts = attemptLog(store.cold, store.writeTogether, { activity, log })
  const http = fastify({
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_LIMIT_MS,
    frameworkErrors: answerUnreadable(clock),
  })
  let stopDelivery = async () => {}
  // Another process on the same database may change what this one remembers.
  const stopWatch = store.shared ? watchChanges(store.cold, { changed: store.directory.forget, clock, log }) : () => {}
  const stopping = new AbortController()
  const listening = Promise.withResolvers<void>()
  try {
    if (demo !== undefined) await ensureDemo(store, sealer, demo, clock.now())
    const { directory } = store
    const tokens = channelTokens(outbound, clock)
    let url = ''
    const publicUrl = () => options.publicUrl ?? url
    const links = signedLinks({ keys: [deriveKey(masterKey, 'media-links')], publicUrl })
    const dialects: CallbackDialects = { sinch: sinchCallbacks(links), '8x8': eightXEightCallbacks(links) }
    const demoProjectId = demo && parseId<ProjectId>(demo.projectId)
    const replyTokens = replyTokenMemory(clock)
    const connector = lineConnector({
      outbound,
      tokens,
      pace: new Pace(clock),
      lineChannel: directory.lineChannel,
      probe: mediaProbe(outbound, clock),
      // Only the demo's project may name addresses of this machine.
      reachOfApp: async (appId) =>
        demoProjectId !== undefined && (await directory.app(appId))?.projectId === demoProjectId
          ? 'loopback'
          : 'public',
    })
    const copy = mediaCopier({ source: connector, store: media, now: () => clock.now() })
    const metrics = gatewayMetrics()
    const work = { directory, dialects, figures: metrics, clock, log }
    // What only core's ports need of delivery is known before delivery is, which needs core's rules for inbound events.
    const recipients: Recipients = {
      find: (appId, channel, identity) => stored.recipients.find(appId, channel, identity),
      ensure: (candidate) => stored.recipients.ensure(candidate),
      identityOf: (appId, contactId) => stored.recipients.identityOf(appId, contactId),
    }
    const stored = delivery({
      statements: store.statements,
      shared: store.shared,
      queues: {
        send: {
          attempt: sendAttempts({ connector, attempts, ...work }),
          needsMark,
          mostTogether: mostTogetherOnLine,
          limits: SEND_LIMITS,
        },
        callback: {
          attempt: callbackAttempts({ outbound, attempts, ...work }),
          needsMark: () => false,
          mostTogether: () => 1,
          limits: CALLBACK_LIMITS,
        },
        inbound: {
          attempt: inboundAttempts({
            ports: { recipients, directory, dialects },
            appOfAccount: async (id) => {
              const channel = await directory.lineChannel(id)
              return channel === undefined ? undefined : directory.app(channel.appId)
            },
            read: readLineEvent,
            async copy(accountId, file, receivedAtMs) {
              await listening.promise // what follows holds a link, which begins with our URL
              // Half a copy is worth nothing: at the end it is left, and made anew at the next start.
              return copy(accountId, file, receivedAtMs, stopping.signal)
            },
            replyTokens,
            channel: 'LINE',
            clock,
            log,
          }),
          needsMark: () => false,
          mostTogether: () => 1,
          limits: INBOUND_LIMITS,
        },
      },
      clock,
      activity,
      log,
    })
    const { acceptance, lineEvents } = stored
    const { standInThumbnailUrl } = links
    const ports: SendPorts = {
      ...{ recipients, acceptance, directory, dialects, connector, replyTokens, standInThumbnailUrl, clock },
    }
    const retention = new MediaRetention({ store: media, clock, log, begin: () => activity.begin() })

    let draining = false
    let lineHosts = { apiUrl: options.lineApiUrl, dataUrl: options.lineDataUrl }
    countRequests(http, activity)
    const access = sinchAccess({ keyById: directory.keyById, tokenKey: deriveKey(masterKey, 'access-tokens'), clock })
    const lags = queueLags(store.cold, () => clock.now())
    const send = async (command: SendCommand) => {
      const result = await sendMessage(ports, command)
      metrics.accepted(command.dialect, result.kind)
      return result
    }
    await http.register(
      metrics.routes({
        lags,
        countDead: () => stored.deadLetters.count({}),
        mayRead: async (authorization) => (await admit(authorization, 'GET', directory.keyByHash)).kind === 'admitted',
      }),
    )
    await http.register(pages({ probe: stored.probe, isDraining: () => draining, lags, publicUrl, log }))
    await http.register(tokenRoute(access, log), { prefix: '/oauth2' })
    await http.register(
      sinchEdge({ access, app: directory.app, findMessage: store.findMessage, send, links, clock, log }),
      {
        prefix: '/v1',
      },
    )
    const { keyByHash, appBySubAccount } = directory
    await http.register(eightXEightEdge({ keyByHash, appBySubAccount, send, clock, log }), { prefix: '/api/v1' })
    await http.register(lineEdge({ lineChannel: directory.lineChannel, events: lineEvents, clock, log }), {
      prefix: '/line/webhooks',
    })
    await http.register(
      adminEdge({
        keyByHash,
        context: {
          cold: store.cold,
          writeTogether: store.writeTogether,
          forget: directory.forget,
          sealer,
          sealPurpose,
          line: lineDesk({ outbound, tokens, lineChannel: directory.lineChannel }),
          lineHosts: () => lineHosts,
          publicUrl,
          demoProjectId,
          connector,
          deadLetters: stored.deadLetters,
          northboundForm: (message) => writeMessage(message, links),
          clock,
          log,
        },
      }),
      { prefix: '/admin/v1' },
    )
    await http.register(mediaRoutes({ links, store: media, clock, log }), { prefix: MEDIA_PATH })
    http.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'Not found' }))

    stopDelivery = stored.stop
    await stored.start()
    const firstAdminKey = await makeFirstAdminKey(store.cold, clock)
    url = baseUrl(host, await http.listen({ host, port }))
    listening.resolve()
    retention.start()

    return {
      url,
      ...(firstAdminKey !== undefined && { firstAdminKey }),
      settle: () => activity.idle(),
      async pointDemo(change) {
        const { lineApiUrl: apiUrl = lineHosts.apiUrl, lineDataUrl: dataUrl = lineHosts.dataUrl } = change
        lineHosts = { apiUrl, dataUrl }
        if (demo !== undefined) await pointDemo(store, demo, change)
      },
      async close() {
        draining = true
        stopWatch()
        stopping.abort()
        // A connection that was busy when the closing began is idle once its answer is out.
        const sweep = setInterval(() => http.server.closeIdleConnections(), IDLE_SWEEP_MS)
        await within(DRAIN_LIMIT_MS, Promise.all([http.close(), stored.stop(), retention.stop()]))
        clearInterval(sweep)
        await outbound.close()
        await attempts.flush()
        await store.close()
      },
    }
  } catch (error) {
    stopWatch()
    stopping.abort()
    listening.resolve()
    await http.close()
    await stopDelivery()
    await outbound.close()
    await attempts.flush()
    await store.close()
    throw error
  }
}

/** A path that cannot be decoded reaches no route: the edge it was meant for is told by its beginning. */
const answerUnreadable = (clock: Clock) => (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
  const { url } = request
  if (url.startsWith('/v1/')) answerSinch(reply, { kind: 'invalid', message: 'The path cannot be read.' })
  else if (url.startsWith('/admin/v1/')) answerAdmin(reply, { code: 'invalid', message: 'The path cannot be read.' })
  else if (url.startsWith('/api/v1/')) answerEight(reply, 'invalid-parameter', clock.now(), 'the path')
  else answerLine(reply, 'bad_request')
}

/** Requests count as under way until their answer is out. */
function countRequests(http: FastifyInstance, activity: Activity): void {
  http.addHook('onRequest', async (_request, reply) => {
    reply.raw.once('close', activity.begin())
  })
}

/** As one would type it: the name that was asked for, with the port that was got. */
function baseUrl(host: string, listening: string): string {
  const { port } = new URL(listening)
  const name = host === '127.0.0.1' || host === '::1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs)
  })
  await Promise.race([work, limit])
  clearTimeout(timer)
}
