// A channel's monthly quota, as set in LINE Official Account Manager, and what the bot has used of it.
import type { FastifyInstance } from 'fastify'
import { LARGEST_MONTHLY_QUOTA, monthlyQuotaOf } from '../accounts/monthly-quota.ts'
import { COUNTED_SENDS } from '../chats/sent-counts.ts'
import type { PlatformCore } from '../core.ts'
import type { PathParams } from './parties.ts'
import { type FieldRule, readFields, wholeNumber } from './read-fields.ts'

/** null: without end. */
const quota: FieldRule<number | null> = (value) => {
  if (value === null) return { ok: true, value }
  const read = wholeNumber(0, LARGEST_MONTHLY_QUOTA)(value)
  return read.ok ? read : { ok: false, must: `${read.must}, or null` }
}

const QUOTA_FIELDS = { monthlyQuota: quota }

type WithParams = { Params: PathParams }

export function serveMessageQuota(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<WithParams>('/channels/:channelId/message-quota', (request, reply) => {
    const view = viewQuota(core, request.params.channelId ?? '')
    return view === undefined ? reply.code(404).send(noChannel(request.params)) : reply.send(view)
  })

  scope.put<WithParams>('/channels/:channelId/message-quota', (request, reply) => {
    const { channelId = '' } = request.params
    if (core.channels.find(channelId) === undefined) return reply.code(404).send(noChannel(request.params))
    const read = readFields(request.body, QUOTA_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { monthlyQuota } = read.value
    if (monthlyQuota === undefined) return reply.code(400).send({ message: 'body.monthlyQuota is missing.' })
    core.channels.changeMonthlyQuota(channelId, monthlyQuota ?? undefined)
    return reply.send(viewQuota(core, channelId))
  })
}

function viewQuota({ channels, sentCounts }: PlatformCore, channelId: string) {
  const channel = channels.find(channelId)
  if (channel === undefined) return undefined
  const today = sentCounts.today()
  return {
    monthlyQuota: monthlyQuotaOf(channel) ?? null,
    usedThisMonth: sentCounts.usageThisMonth(channelId),
    today: Object.fromEntries(COUNTED_SENDS.map((kind) => [kind, sentCounts.peopleReached(channelId, kind, today)])),
  }
}

function noChannel({ channelId }: PathParams): { message: string } {
  return { message: `There is no channel ${channelId}.` }
}
