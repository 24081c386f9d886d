// The LINE platform on this machine: LINE's API paths, signed webhooks to bots, a control API to be the user, and the
// phone's pages, all on one port. State is in memory and saved in a folder. This file puts the parts together:
// accounts/ and chats/ hold rules and state, webhooks/ tells bots, api/ is LINE's wire, control/ and pages/ are ours.

import { randomBytes } from 'node:crypto'
import { METHODS } from 'node:http'
import type { ApiProfile } from '@hatoba/line/wire'
import { fastify } from 'fastify'
import { AdjustableClock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import { isLoopbackName } from '../kit/loopback-guard.ts'
import { createSeededRandom } from '../kit/seeded-random.ts'
import { addSeed } from './accounts/accounts.ts'
import { errorAnswer } from './api/answers.ts'
import { serveLineApi, writeAnswer } from './api/serve.ts'
import { OpenReaders } from './control/open-readers.ts'
import { serveControl } from './control/serve.ts'
import type { PlatformCore } from './core.ts'
import { createCore } from './create-core.ts'
import { createIdentifiers, type RandomSource } from './identifiers.ts'
import { serveLogin } from './login/serve.ts'
import { createAccessGuard } from './pages/access.ts'
import { servePages } from './pages/serve.ts'
import { ChangeReports, openSavedState, type SavedState } from './saved-state.ts'
import { checkSeed, type PlatformSeed } from './seed.ts'
import { seedOfStart } from './seed-of-start.ts'
import { Snapshots } from './state/snapshots.ts'
import { continueMessageIds, createStateControl } from './state/state-control.ts'

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
  /** Makes ids, secrets and chances repeatable: the same seed and the same acts give the same ones. */
  idSeed?: string
  /** Where ids and secrets come from; the system's generator unless given. `idSeed` goes before it. */
  random?: RandomSource
}

export interface Platform {
  url: string
  controlUrl: string
  /** Resolves when no webhook and no message is on its way. */
  settle(): Promise<void>
  /** What a reset goes back to from now on. @throws PlatformSeedError */
  changeSeed(seed: PlatformSeed): void
  close(): Promise<void>
}

/** The platform was told to listen where others reach it, without a token to keep them out. */
class TokenMissingError extends Error {
  override name = 'TokenMissingError'
  readonly code = 'token_missing'
}

const LONGEST_REQUEST_MS = 60_000
const IDLE_SWEEP_MS = 20

/** @throws TokenMissingError, PlatformSeedError, FolderInUseError, SavedStateError, or the system's error of listening */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { host, port, token, log, pagesDir, dataDir, idSeed } = options
  let { seed } = options
  const onLoopback = isLoopbackName(host.includes(':') ? `[${host}]` : host)
  if (!onLoopback && (token === undefined || token === ''))
    throw new TokenMissingError(
      `the platform on ${host} would be open to everybody who reaches it: set HATOBA_PLATFORM_TOKEN, or listen on 127.0.0.1`,
    )
  checkSeed(seed)
  const clock = options.clock ?? new AdjustableClock()
  if (seed.clock !== undefined) clock.freezeAt(seed.clock.frozenAtMs)
  const changes = new ChangeReports()
  const startSeed = idSeed === undefined ? undefined : seedOfStart(idSeed, dataDir)
  const core = createCore({
    clock,
    log,
    identifiers:
      startSeed === undefined
        ? createIdentifiers(options.random)
        : createIdentifiers(createSeededRandom(startSeed), () => createSeededRandom(startSeed)),
    changes,
    chanceSeed: startSeed ?? randomBytes(16).toString('hex'),
    settings: { newChannelProfile: options.profile ?? 'current', strictHosts: options.strictHosts ?? false },
  })
  const saved = await fill(core, changes, { dataDir, seed, log })
  const readers = new OpenReaders()
  const snapshots = new Snapshots(dataDir)
  const state = createStateControl({ core, clock, seed: () => seed, snapshots, readers, saved })
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
  for (const method of METHODS) {
    // What the framework does not know it would answer in its own form.
    if (method !== 'CONNECT' && !app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
  }
  let closing = false
  app.get('/livez', () => ({ status: 'ok' }))
  app.get('/readyz', (_request, reply) => reply.code(closing ? 503 : 200).send({ status: closing ? 'stopping' : 'ok' }))
  const guard = createAccessGuard(token === '' ? undefined : token, onLoopback)
  app.register((scope) => serveLineApi(scope, core))
  app.register((scope) => serveLogin(scope, { core, guard }))
  app.register((scope) => serveControl(scope, { core, clock, state, readers, guard, settle }), { prefix: '/_hatoba' })
  app.register((scope) => servePages(scope, { guard, pagesDir }))

  const close = async () => {
    if (closing) return
    closing = true
    readers.close()
    core.waits.close()
    // An answer that is on its way out when the server begins to close leaves its connection idle only afterwards.
    const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS)
    try {
      await app.close().finally(() => clearInterval(sweep))
      await settle()
      await core.webhooks.close()
    } finally {
      if (options.clock === undefined) clock.stop()
      await saved?.close()
      core.contents.close()
      await core.media.close()
      snapshots.close()
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
  return {
    url,
    controlUrl: `${url}/_hatoba`,
    settle,
    changeSeed(changed) {
      checkSeed(changed)
      seed = changed
    },
    close,
  }
}

/** Fills the parts from the folder, or from the seed where it holds nothing. */
async function fill(
  core: PlatformCore,
  changes: ChangeReports,
  { dataDir, seed, log }: Pick<PlatformOptions, 'dataDir' | 'seed' | 'log'>,
): Promise<SavedState | undefined> {
  if (dataDir === undefined) {
    addSeed(core, seed)
    return undefined
  }
  const saved = await openSavedState({ dataDir, seed, parts: core, changes, log })
  continueMessageIds(core)
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
