// Who may use the pages and the control API. On a loopback address: pages of this machine, known by the Host and
// Origin headers. Where a token is set: whoever has it, as Bearer or, in a browser, in a cookie that scripts cannot
// read and other sites cannot send.
import { createHmac } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { secretsEqual } from '../../kit/compare.ts'
import { checkHostAndOrigin, type GuardVerdict } from '../../kit/loopback-guard.ts'

const COOKIE = 'hatoba_platform'
const COOKIE_SECONDS = 30 * 24 * 60 * 60

export interface AccessGuard {
  /** A Fastify hook: 403 and 401 as `{message}`. */
  forApi(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Host and Origin alone. */
  checkSite(request: FastifyRequest): GuardVerdict
  mayEnter(request: FastifyRequest): boolean
  /** The Set-Cookie header for whoever gave the right token, else undefined. */
  cookieFor(givenToken: string): string | undefined
}

/** @param onLoopback the platform listens on a loopback address */
export function createAccessGuard(token: string | undefined, onLoopback: boolean): AccessGuard {
  // Not the token itself: a cookie lies on disk.
  const cookieValue = token === undefined ? '' : createHmac('sha256', token).update('platform page').digest('base64url')

  function checkSite({ headers: { host, origin } }: FastifyRequest): GuardVerdict {
    const ownName = (host ?? '').replace(/:\d+$/, '').toLowerCase()
    return checkHostAndOrigin(host, origin, onLoopback ? [] : [ownName])
  }

  function mayEnter({ headers: { authorization = '', cookie = '' } }: FastifyRequest): boolean {
    if (token === undefined) return true
    if (/^Bearer /i.test(authorization) && secretsEqual(authorization.slice(7).trim(), token)) return true
    return secretsEqual(readCookie(cookie), cookieValue)
  }

  return {
    checkSite,
    mayEnter,
    cookieFor: (given) =>
      token !== undefined && secretsEqual(given, token)
        ? `${COOKIE}=${cookieValue}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Strict`
        : undefined,
    async forApi(request, reply) {
      const verdict = checkSite(request)
      if (!verdict.allowed) await reply.code(403).send({ message: `Refused: ${verdict.reason}.` })
      else if (!mayEnter(request))
        await reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .send({ message: 'Refused: the token of this platform is wanted, as "Authorization: Bearer <token>".' })
    },
  }
}

function readCookie(header: string): string {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === COOKIE && value !== undefined) return value
  }
  return ''
}
