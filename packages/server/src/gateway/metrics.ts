// The gateway's figures for Prometheus, at /metrics: on this machine or with an admin key, as they tell of its business.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { CallbackFigures, SendFigures } from './delivery/figures.ts'

/** Channels beyond so many share one label: a label's values stay in memory for ever. */
const MOST_CHANNELS = 1000
const OTHERS = 'others'
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

interface QueueLag {
  queue: string
  /** How long the oldest that is due waits. */
  lagMs: number
}

interface MetricOptions {
  lags(): Promise<readonly QueueLag[]>
  countDead(): Promise<number>
  mayRead(authorization: string | undefined): Promise<boolean>
}

export interface Metrics extends SendFigures, CallbackFigures {
  accepted(dialect: string, outcome: string): void
  routes(options: MetricOptions): (scope: FastifyInstance) => Promise<void>
}

export function gatewayMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'hatoba_' })
  const accepts = new Counter({
    ...{ name: 'hatoba_accepts_total', help: 'Messages that customers asked to send', registers },
    labelNames: ['dialect', 'outcome'] as const,
  })
  const sends = new Counter({
    ...{ name: 'hatoba_send_attempts_total', help: 'Calls to LINE that send', registers },
    labelNames: ['way', 'outcome'] as const,
  })
  const throttled = new Counter({
    ...{ name: 'hatoba_line_throttled_total', help: 'Answers of LINE that a channel was too fast (429)', registers },
    labelNames: ['channel'] as const,
  })
  const batches = new Histogram({
    ...{ name: 'hatoba_multicast_recipients', help: 'People per multicast', registers },
    buckets: [2, 5, 10, 25, 50, 100, 150, 250, 500],
  })
  const callbacks = new Counter({
    ...{ name: 'hatoba_callback_attempts_total', help: "Calls of customers' webhooks", registers },
    labelNames: ['outcome'] as const,
  })
  const lag = new Gauge({
    ...{ name: 'hatoba_queue_lag_seconds', help: 'How long the oldest lane that is due waits', registers },
    labelNames: ['queue'] as const,
  })
  const dead = new Gauge({ name: 'hatoba_dead_letters', help: 'What could not be delivered and is kept', registers })
  const channels = new Set<string>()
  const labelOf = (channel: string): string => {
    if (!channels.has(channel) && channels.size >= MOST_CHANNELS) return OTHERS
    channels.add(channel)
    return channel
  }

  return {
    accepted: (dialect, outcome) => accepts.inc({ dialect, outcome }),
    sendAttempted({ accountId, way, outcome, recipients }) {
      sends.inc({ way, outcome })
      if (outcome === 'throttled') throttled.inc({ channel: labelOf(accountId) })
      if (way === 'multicast') batches.observe(recipients)
    },
    callbackAttempted: (outcome) => callbacks.inc({ outcome }),
    routes: ({ lags, countDead, mayRead }) => {
      return async (scope) => {
        scope.get('/metrics', async (request, reply) => {
          if (!isLocal(request) && !(await mayRead(request.headers.authorization)))
            return reply.code(401).send({ message: 'An admin key is required: Authorization: Bearer KEY.' })
          for (const { queue, lagMs } of await lags()) lag.set({ queue }, lagMs / 1000)
          dead.set(await countDead())
          return reply.type(registry.contentType).send(await registry.metrics())
        })
      }
    },
  }
}

/** A proxy on this machine speaks for others: it says so. */
const isLocal = ({ socket, headers }: FastifyRequest): boolean =>
  LOOPBACK.has(socket.remoteAddress ?? '') &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined
