// Pages and private APIs for people on this machine: a browser must not be talked into calling them for another site
// (DNS rebinding, cross-site requests). They answer only to loopback names as Host, and to their own Origin.
import type { FastifyReply, FastifyRequest } from 'fastify'

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

/** True for a host as it stands in a URL or a Host header, without port: localhost, 127.0.0.0/8, [::1]. */
export function isLoopbackName(host: string): boolean {
  return LOOPBACK_NAMES.has(host.toLowerCase()) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

export type GuardVerdict = { allowed: true } | { allowed: false; reason: string }

/** @param extraHosts names (without port) that are also served */
export function checkHostAndOrigin(
  host: string | undefined,
  origin: string | undefined,
  extraHosts: readonly string[] = [],
): GuardVerdict {
  const name = (host ?? '').replace(/:\d+$/, '')
  if (!isLoopbackName(name) && !extraHosts.includes(name.toLowerCase()))
    return { allowed: false, reason: 'the Host header does not name this machine' }
  if (origin !== undefined) {
    const originHost = URL.canParse(origin) ? new URL(origin).host : undefined
    if (originHost?.toLowerCase() !== host?.toLowerCase())
      return { allowed: false, reason: 'the Origin header is another site' }
  }
  return { allowed: true }
}

/** A Fastify hook over {@link checkHostAndOrigin}; a refused request gets 403 and `{message}`. */
export function loopbackGuard(extraHosts: readonly string[] = []) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const verdict = checkHostAndOrigin(request.headers.host, request.headers.origin, extraHosts)
    if (!verdict.allowed) await reply.code(403).send({ message: `Refused: ${verdict.reason}.` })
  }
}
