// For people and for supervisors: the start page, and whether the gateway lives and is ready.
import type { FastifyInstance } from 'fastify'
import type { Logger } from '../kit/log.ts'
import { loopbackGuard } from '../kit/loopback-guard.ts'

type Readiness = 'ready' | 'draining' | 'the store cannot be written'

/** Each probe is a write to disk, and anybody may ask. */
const PROBE_AT_MOST_EVERY_MS = 500

export interface PageOptions {
  /** Throws where the store cannot be written. */
  probe(): Promise<void>
  isDraining(): boolean
  lags(): Promise<readonly { queue: string; lagMs: number }[]>
  /** The base of URLs given away, where it is known. */
  publicUrl(): string
  log: Logger
}

export function pages({ probe, isDraining, lags, publicUrl, log }: PageOptions) {
  let lagged: { atMs: number; result: Promise<Record<string, number>> } | undefined
  let probed: { atMs: number; result: Promise<Readiness> } | undefined

  async function readiness(): Promise<Readiness> {
    if (isDraining()) return 'draining'
    const nowMs = performance.now()
    if (probed === undefined || nowMs - probed.atMs >= PROBE_AT_MOST_EVERY_MS)
      probed = { atMs: nowMs, result: tryProbe() }
    return probed.result
  }

  async function readLags(): Promise<Record<string, number>> {
    const nowMs = performance.now()
    if (lagged === undefined || nowMs - lagged.atMs >= PROBE_AT_MOST_EVERY_MS)
      lagged = {
        atMs: nowMs,
        result: lags().then((all) => Object.fromEntries(all.map((one) => [one.queue, one.lagMs]))),
      }
    return lagged.result
  }

  async function tryProbe(): Promise<Readiness> {
    try {
      await probe()
      return 'ready'
    } catch (error) {
      log.error({ err: error }, 'the store cannot be written')
      return 'the store cannot be written'
    }
  }

  return async (scope: FastifyInstance): Promise<void> => {
    scope.get('/livez', async () => ({ status: 'ok' }))
    scope.get('/readyz', async (_request, reply) => {
      const status = await readiness()
      // A queue that lags is told, and does not make it unready: other gateways would not work it off any faster.
      const lagMs = status === 'ready' ? await readLags() : undefined
      return reply.code(status === 'ready' ? 200 : 503).send({ status, ...(lagMs && { lagMs }) })
    })
    const url = publicUrl()
    const publicHost = URL.canParse(url) ? [new URL(url).hostname] : []
    scope.get('/', { onRequest: loopbackGuard(publicHost) }, async (_request, reply) => {
      void reply.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      void reply.header('x-content-type-options', 'nosniff')
      return reply.type('text/html; charset=utf-8').send(startPage(await readiness(), publicUrl()))
    })
  }
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

function startPage(state: string, publicUrl: string): string {
  const base = escapeHtml(publicUrl)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hatoba gateway</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}code{background:#8882;padding:.1em .3em}</style>
<h1>Hatoba gateway</h1>
<p>State: <strong>${escapeHtml(state)}</strong></p>
<ul>
<li>Sinch Conversation API: <code>${base}/v1/projects/{project_id}/messages:send</code>, tokens at <code>${base}/oauth2/token</code></li>
<li>8x8 Messaging API: <code>${base}/api/v1/subaccounts/{subAccountId}/messages</code></li>
<li>Webhook URL for LINE: <code>${base}/line/webhooks/{id of the LINE channel}</code></li>
<li><a href="/livez">/livez</a>: the process runs. <a href="/readyz">/readyz</a>: it takes messages.</li>
</ul>
</html>
`
}
