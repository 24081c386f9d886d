// The LINE platform on this machine: LINE's API paths, signed webhooks to bots, a control API to be the user, and the
// phone's pages, all on one port. State is in memory and saved in a folder. This file puts the parts together:
// accounts/ and chats/ hold rules and state, webhooks/ tells bots, api/ is LINE's wire, control/ and pages/ are ours.
import type { ApiProfile } from '@hatoba/line/wire'
import { fastify } from 'fastify'
import { AdjustableClock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import { isLoopbackName } from '../kit/loopback-guard.ts'
import { addSeed, createAccounts } from './accounts/accounts.ts'
import { errorAnswer } from './api/answers.ts'
import { RateLimits } from './api/rate-limits.ts'
import { serveLineApi, writeAnswer } from './api/serve.ts'
import { Chats } from './chats/chats.ts'
import { Delivery } from './chats/delivery.ts'
import { LoadingAnimations } from './chats/loading-animations.ts'
import { ReplyTokens } from './chats/reply-tokens.ts'
import { RetryKeys } from './chats/retry-keys.ts'
import { SentCounts } from './chats/sent-counts.ts'
import { ContentStore } from './content/content-store.ts'
import { OpenReaders } from './control/open-readers.ts'
import { serveControl } from './control/serve.ts'
import type { PlatformCore } from './core.ts'
import { createIdentifiers, type Identifiers, type RandomSource } from './identifiers.ts'
import { createAccessGuard } from './pages/access.ts'
import { servePages } from './pages/serve.ts'
import { ChangeReports, openSavedState, type SavedState } from './saved-state.ts'
import { checkSeed, type PlatformSeed } from './seed.ts'
import { Timeline } from './timeline.ts'
import { Webhooks } from './webhooks/webhooks.ts'

export type { PlatformSeed } from './seed.ts'

export interface PlatformOptions {
  /** Undefined: nothing is kept. */
  dataDir: string | undefined
  host: string
  /** 0 takes any free one. */
  port: number
  /** What the control API and the pages want; needed on an address that others reach. */
  token?: string
  clock?: AdjustableClock
  log: Logger
  /** Used where the folder holds no state. */
  seed: PlatformSeed
  /** Of channels that are made from now on; today's unless given. */
  profile?: ApiProfile
  /** The phone's built pages. */
  pagesDir: string | undefined
  /** Paths answer only under the host that LINE has them on (api.line.me, api-data.line.me). */
  strictHosts?: boolean
  /** Where ids and secrets come from; the system's generator unless given. */
  random?: RandomSource
}

export interface Platform {
  url: string
  controlUrl: string
  /** Resolves when no webhook and no message is on its way. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** The platform was told to listen where others reach it, without a token to keep them out. */
class TokenMissingError extends Error {
  override name = 'TokenMissingError'
  readonly code = 'token_missing'
}

const LONGEST_REQUEST_MS = 60_000

/** @throws TokenMissingError, PlatformSeedError, FolderInUseError, SavedStateError, or the system's error of listening */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { host, port, token, log, seed, pagesDir, dataDir } = options
  const onLoopback = isLoopbackName(host.includes(':') ? `[${host}]` : host)
  if (!onLoopback && (token === undefined || token === ''))
    throw new TokenMissingError(
      `the platform on ${host} would be open to everybody who reaches it: set HATOBA_PLATFORM_TOKEN, or listen on 127.0.0.1`,
    )
  checkSeed(seed)
  const clock = options.clock ?? new AdjustableClock()
  const changes = new ChangeReports()
  const core = createCore(clock, log, createIdentifiers(options.random), changes, {
    newChannelProfile: options.profile ?? 'current',
    strictHosts: options.strictHosts ?? false,
  })
  const saved = await restore(core, changes, { dataDir, seed, log })
  const readers = new OpenReaders()
  const settle = async () => {
    await core.delivery.settle()
    await core.webhooks.settle()
  }

  const app = fastify({
    logger: false,
    forceCloseConnections: 'idle',
    requestTimeout: LONGEST_REQUEST_MS,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    // What is no HTTP at all: an answer of LINE has its request id all the same.
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end(badRequest(core.identifiers.requestId()))
    },
    frameworkErrors: (_error, _request, reply) => {
      reply.hijack()
      writeAnswer(reply.raw, errorAnswer(400, 'Bad Request'), core.identifiers.requestId())
    },
  })
  let closing = false
  app.get('/livez', () => ({ status: 'ok' }))
  app.get('/readyz', (_request, reply) => reply.code(closing ? 503 : 200).send({ status: closing ? 'stopping' : 'ok' }))
  const guard = createAccessGuard(token === '' ? undefined : token, onLoopback)
  app.register((scope) => serveLineApi(scope, core))
  app.register((scope) => serveControl(scope, { core, clock, readers, guard, settle }), { prefix: '/_hatoba' })
  app.register((scope) => servePages(scope, { guard, pagesDir }))

  const close = async () => {
    if (closing) return
    closing = true
    readers.close()
    try {
      await app.close()
      await settle()
      await core.webhooks.close()
    } finally {
      if (options.clock === undefined) clock.stop()
      await saved?.close()
      core.contents.close()
    }
  }
  try {
    await app.listen({ host, port })
  } catch (error) {
    await close()
    throw error
  }
  const address = app.server.address()
  const url = urlOf(host, typeof address === 'object' && address !== null ? address.port : port)
  return { url, controlUrl: `${url}/_hatoba`, settle, close }
}

function createCore(
  clock: AdjustableClock,
  log: Logger,
  identifiers: Identifiers,
  changes: ChangeReports,
  settings: Pick<PlatformCore, 'newChannelProfile' | 'strictHosts'>,
): PlatformCore {
  const accounts = createAccounts(clock, identifiers, changes.accountsChanged)
  const { channels, users, groups } = accounts
  const timeline = new Timeline()
  const chats = new Chats(groups, changes)
  const replyTokens = new ReplyTokens(clock, identifiers)
  return {
    ...accounts,
    clock,
    log,
    identifiers,
    ...settings,
    rateLimits: new RateLimits(clock),
    timeline,
    chats,
    contents: new ContentStore(clock, changes.contentChanged),
    replyTokens,
    retryKeys: new RetryKeys(clock, changes.accepted),
    sentCounts: new SentCounts(clock, changes.counted),
    loadingAnimations: new LoadingAnimations({ clock, chats, users }),
    delivery: new Delivery({ clock, identifiers, users, chats, timeline }),
    webhooks: new Webhooks({ channels, replyTokens, timeline, clock, log }),
  }
}

async function restore(
  core: PlatformCore,
  changes: ChangeReports,
  { dataDir, seed, log }: Pick<PlatformOptions, 'dataDir' | 'seed' | 'log'>,
): Promise<SavedState | undefined> {
  if (dataDir === undefined) {
    addSeed(core, seed)
    return undefined
  }
  const { chats, contents, retryKeys, sentCounts } = core
  const saved = await openSavedState(dataDir, seed, {
    accounts: core,
    chats,
    contents,
    retryKeys,
    sentCounts,
    changes,
    log,
  })
  let newestId = ''
  for (const chat of chats.all()) {
    const id = chat.messages.at(-1)?.id ?? ''
    if (id > newestId) newestId = id
  }
  if (newestId !== '') core.identifiers.continueMessageIdsAfter(newestId)
  return saved
}

function badRequest(requestId: string): string {
  const { body } = errorAnswer(400, 'Bad Request')
  const headers = [
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `X-Line-Request-Id: ${requestId}`,
  ]
  return `HTTP/1.1 400 Bad Request\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`
}

/** An address that this machine reaches itself by. */
function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
