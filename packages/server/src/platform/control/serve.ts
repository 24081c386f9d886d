// The control API under /_hatoba: what the phone and tests use to act as users, read chats and steer the platform.
// Private to this machine, or to those who know the platform's token. Errors are `{message}`.
import { parseJson } from '@hatoba/line/wire'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import type { AccessGuard } from '../pages/access.ts'
import type { StateControl } from '../state/state-control.ts'
import { serveApiAccess } from './api-access.ts'
import { serveAssertionKeys } from './assertion-keys.ts'
import { serveBeacons } from './beacons.ts'
import { serveChatReaders } from './chat-readers.ts'
import { serveChats } from './chats.ts'
import { type PlatformClock, serveClock } from './clock.ts'
import { serveConsole } from './console.ts'
import { serveCredentials } from './credentials.ts'
import { serveFaults } from './faults.ts'
import { serveGroups } from './groups.ts'
import { serveLoadingAnimations } from './loading-animations.ts'
import { serveMedia } from './media.ts'
import { serveMessageQuota } from './message-quota.ts'
import { serveNewChannels } from './new-channels.ts'
import type { OpenReaders } from './open-readers.ts'
import { serveOperatorEvents } from './operator-events.ts'
import { serveRouteList } from './route-list.ts'
import { serveSendMessages } from './send-messages.ts'
import { serveState } from './state.ts'
import { serveTimeline } from './timeline.ts'
import { serveTimelineStream } from './timeline-stream.ts'
import { serveUploads } from './uploads.ts'
import { serveUsers } from './users.ts'
import { serveWholeState } from './whole-state.ts'

const MOST_BODY_BYTES = 256 * 1024

export interface ControlParts {
  core: PlatformCore
  clock: PlatformClock
  state: StateControl
  readers: OpenReaders
  guard: AccessGuard
  settle: () => Promise<void>
}

export async function serveControl(scope: FastifyInstance, parts: ControlParts): Promise<void> {
  const { core, clock, state, readers, guard, settle } = parts
  scope.addHook('onRequest', guard.forApi)
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MOST_BODY_BYTES },
    (_request, body, done) => {
      const parsed = parseJson(String(body))
      if (parsed.ok) done(null, parsed.value.value)
      else done(Object.assign(new Error(parsed.error.message), { statusCode: parsed.status }))
    },
  )
  scope.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send({ message: error.message })
    // whoever called went away in the middle of the body
    if (error.code === 'ECONNRESET') return reply.code(400).send({ message: 'The body broke off.' })
    core.log.error({ err: error, path: request.routeOptions.url }, 'control call failed')
    return reply.code(500).send({ message: 'Internal server error' })
  })
  scope.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  })
  serveRouteList(scope)
  serveState(scope, core, clock)
  serveWholeState(scope, state)
  serveFaults(scope, core)
  serveApiAccess(scope, core)
  serveCredentials(scope, core)
  serveAssertionKeys(scope, core)
  serveMessageQuota(scope, core)
  serveLoadingAnimations(scope, core)
  serveClock(scope, clock)
  serveNewChannels(scope, core)
  serveConsole(scope, core)
  serveUsers(scope, core)
  serveGroups(scope, core)
  serveChats(scope, core)
  serveSendMessages(scope, core)
  serveBeacons(scope, core)
  serveOperatorEvents(scope, core)
  serveMedia(scope, core)
  scope.register((inner, _options, done) => {
    serveUploads(inner, core) // in a scope of its own: it takes bodies of any kind
    done()
  })
  serveChatReaders(scope, core, readers)
  serveTimeline(scope, core, readers, settle)
  serveTimelineStream(scope, core, readers)
  scope.all('/*', (request, reply) =>
    reply.code(404).send({ message: `There is no ${request.method} ${request.url.split('?', 1)[0]} here.` }),
  )
}
