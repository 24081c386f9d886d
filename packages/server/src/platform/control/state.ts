// What there is, at one glance. No secret is in it.
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import type { PlatformClock } from './clock.ts'
import { viewChannel, viewLoginChannel, viewUser } from './views.ts'

export function serveState(scope: FastifyInstance, core: PlatformCore, clock: PlatformClock): void {
  scope.get('/state', () => ({
    providers: [...core.channels.providers()],
    users: Array.from(core.users.all(), viewUser),
    channels: Array.from(core.channels.all(), viewChannel),
    loginChannels: Array.from(core.loginChannels.all(), viewLoginChannel),
    clock: { nowMs: clock.now(), frozen: clock.frozen },
  }))
}
