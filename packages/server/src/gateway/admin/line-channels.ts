// LINE channels: each stands in exactly one app, and an app has one. What LINE does not confirm is not stored.
import type { Selectable } from 'kysely'
import { isLoopbackName } from '../../kit/loopback-guard.ts'
import { type AppId, type ConnectorAccountId, newId } from '../core/ids.ts'
import type { Reach } from '../core/model.ts'
import type { Schema } from '../store/schema.ts'
import { type AdminAnswer, created, gone, isoTime, notFound, ok, refused } from './answer.ts'
import { findApp } from './apps.ts'
import {
  type AdminCall,
  type AdminContext,
  type AdminRoute,
  apply,
  isTaken,
  type LineProof,
  pageOf,
} from './context.ts'
import { Fields, parseAnyId, type TextRule } from './fields.ts'

export const lineChannelRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/line-channels', handle: list },
  { method: 'POST', path: '/line-channels', handle: create },
  { method: 'GET', path: '/line-channels/:id', handle: show },
  { method: 'PATCH', path: '/line-channels/:id', handle: update },
  { method: 'DELETE', path: '/line-channels/:id', handle: remove },
  { method: 'DELETE', path: '/line-channels/:id/previous-secret', handle: dropPreviousSecret },
]

type Row = Selectable<Schema['line_channel']>

const PROFILES = ['current', '2017'] as const
const CHANNEL_ID: TextRule = { least: 1, most: 20, pattern: /^\d+$/, form: "of digits, as LINE's console shows it" }
const CHANNEL_SECRET: TextRule = { least: 1, most: 100, pattern: /^[!-~]+$/, form: 'of visible ASCII characters' }
const ACCESS_TOKEN: TextRule = {
  least: 1,
  most: 1000,
  pattern: /^[A-Za-z0-9+/=._~-]+$/,
  form: 'a channel access token',
}

const webhookUrlOf = ({ publicUrl }: AdminContext, id: string) => `${publicUrl()}/line/webhooks/${id}`

const write = (context: AdminContext, row: Row) => ({
  /** 8x8's recipientId and channelId. */
  id: row.line_channel_id,
  appId: row.app_id,
  /** LINE's. */
  channelId: row.channel_id,
  botUserId: row.bot_user_id,
  profile: row.profile,
  credentials: row.sealed_access_token === null ? 'id-and-secret' : 'token-and-secret',
  hasPreviousSecret: row.sealed_previous_secret !== null,
  webhookUrl: webhookUrlOf(context, row.line_channel_id),
  lineApiUrl: row.api_url,
  lineDataUrl: row.data_url,
  createdAt: isoTime(row.created_at_ms),
})

async function findChannel({ cold }: AdminContext, text: string | undefined): Promise<Row | undefined> {
  const id = parseAnyId<ConnectorAccountId>(text ?? '')
  if (id === undefined) return undefined
  return cold.selectFrom('line_channel').selectAll().where('line_channel_id', '=', id).executeTakeFirst()
}

async function projectOf({ cold }: AdminContext, appId: AppId) {
  const row = await cold.selectFrom('app').select('project_id').where('app_id', '=', appId).executeTakeFirst()
  return row?.project_id
}

async function list({ context, query }: AdminCall) {
  const fields = new Fields(query, ['appId', 'limit', 'after'])
  const limit = fields.limit()
  const appId = fields.id<AppId>('appId')
  const after = fields.id<ConnectorAccountId>('after')
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('line_channel')
    .selectAll()
    .orderBy('line_channel_id')
    .limit(limit + 1)
  if (appId !== undefined) rows = rows.where('app_id', '=', appId)
  if (after !== undefined) rows = rows.where('line_channel_id', '>', after)
  return ok(
    pageOf(
      await rows.execute(),
      limit,
      (row) => row.line_channel_id,
      (row) => write(context, row),
    ),
  )
}

/** LINE cannot call an address of this machine; a platform on this machine can. */
export function whyUnreachable(lineApiUrl: string, publicUrl: string): string | undefined {
  if (isLoopbackName(new URL(lineApiUrl).hostname)) return undefined
  const { protocol, hostname } = new URL(publicUrl)
  const remedy =
    'Set HATOBA_PUBLIC_URL to the https address under which the internet reaches this gateway, and start it again.'
  if (isLoopbackName(hostname) || hostname === '0.0.0.0' || hostname === '[::]')
    return `LINE cannot call this gateway: its public URL, ${publicUrl}, is an address of this machine only. ${remedy}`
  if (protocol !== 'https:') return `LINE calls webhooks over https only, and the public URL is ${publicUrl}. ${remedy}`
  return undefined
}

const reachOf = (apiUrl: string): Reach => (isLoopbackName(new URL(apiUrl).hostname) ? 'loopback' : 'public')

function refusedByLine(proof: Exclude<LineProof, { kind: 'proven' }>): AdminAnswer {
  if (proof.kind === 'unreachable')
    return refused('line_unreachable', `LINE did not answer, so nothing was stored: ${proof.reason}`)
  return refused('line_refused', `LINE refused this: ${proof.reason}`, proof.field)
}

async function create(call: AdminCall): Promise<AdminAnswer> {
  const { context } = call
  const { cold, sealer, sealPurpose } = context
  const { apiUrl, dataUrl } = context.lineHosts()
  const names = ['appId', 'channelId', 'channelSecret', 'channelAccessToken', 'profile', 'setWebhook']
  const fields = new Fields(call.body, names)
  const wantedApp = fields.text('appId', { most: 36 })
  const channelSecret = fields.text('channelSecret', CHANNEL_SECRET)
  const channelAccessToken = fields.optionalText('channelAccessToken', ACCESS_TOKEN)
  const channelId = fields.optionalText('channelId', CHANNEL_ID)
  const profile = fields.choice('profile', PROFILES) ?? 'current'
  const setWebhook = fields.flag('setWebhook') ?? false
  if (channelAccessToken === undefined && channelId === undefined)
    fields.refuse('is required where there is no channelAccessToken', 'channelId')
  if (fields.problem) return fields.problem
  const app = await findApp(context, wantedApp)
  if (app === undefined) return refused('invalid', 'There is no app with this id.', 'appId')
  const unreachable = whyUnreachable(apiUrl, context.publicUrl())
  if (unreachable !== undefined) return refused('conflict', unreachable)
  if (await hasChannel(context, app.app_id)) return occupied()

  const host = { apiUrl, reach: reachOf(apiUrl), channelSecret }
  const proof = await context.line.prove(
    channelAccessToken === undefined
      ? { ...host, channelAccessToken, channelId: channelId ?? '' }
      : { ...host, channelAccessToken, channelId },
  )
  if (proof.kind !== 'proven') return refusedByLine(proof)

  const nowMs = context.clock.now()
  const id = newId<ConnectorAccountId>(nowMs)
  const row: Row = {
    line_channel_id: id,
    app_id: app.app_id,
    channel_id: proof.channelId,
    bot_user_id: proof.botUserId,
    sealed_secret: sealer.seal(channelSecret, sealPurpose.channelSecret(id)),
    sealed_previous_secret: null,
    sealed_access_token:
      channelAccessToken === undefined ? null : sealer.seal(channelAccessToken, sealPurpose.channelAccessToken(id)),
    api_url: apiUrl,
    data_url: dataUrl,
    profile,
    reach: reachOf(apiUrl),
    created_at_ms: nowMs,
  }
  try {
    const detail = { appId: app.app_id, channelId: proof.channelId, profile }
    await apply(call, { action: 'line-channel.create', targetId: id, projectId: app.project_id, detail }, [
      cold.insertInto('line_channel').values(row),
    ])
  } catch (error) {
    if (!isTaken(error)) throw error
    return (await hasChannel(context, app.app_id)) ? occupied() : takenElsewhere()
  }
  const { displayName, basicId } = proof
  const webhook = setWebhook ? await context.line.setWebhookUrl(id, webhookUrlOf(context, id)) : undefined
  return created({ ...write(context, row), displayName, basicId, ...(webhook && { webhookOnLine: webhook }) })
}

const occupied = () => refused('conflict', 'The app has a LINE channel already.', 'appId')

const takenElsewhere = () =>
  refused(
    'conflict',
    'This LINE channel stands in another app: LINE sends its webhooks to one place only.',
    'channelId',
  )

async function hasChannel({ cold }: AdminContext, appId: AppId): Promise<boolean> {
  const query = cold.selectFrom('line_channel').select('line_channel_id').where('app_id', '=', appId)
  return (await query.executeTakeFirst()) !== undefined
}

async function show({ context, params }: AdminCall) {
  const row = await findChannel(context, params.id)
  return row === undefined ? notFound('LINE channel') : ok(write(context, row))
}

/** A new secret or token is proven first; the secret before stays accepted for inbound until it is dropped. */
async function update(call: AdminCall): Promise<AdminAnswer> {
  const { context, params } = call
  const { sealer, sealPurpose } = context
  const before = await findChannel(context, params.id)
  if (before === undefined) return notFound('LINE channel')
  const fields = new Fields(call.body, ['channelSecret', 'channelAccessToken', 'profile', 'setWebhook'])
  const newSecret = fields.optionalText('channelSecret', CHANNEL_SECRET)
  const newToken = fields.clearableText('channelAccessToken', ACCESS_TOKEN)
  const profile = fields.choice('profile', PROFILES) ?? before.profile
  const setWebhook = fields.flag('setWebhook') ?? false
  if (fields.problem) return fields.problem
  const unreachable = setWebhook ? whyUnreachable(before.api_url, context.publicUrl()) : undefined
  if (unreachable !== undefined) return refused('conflict', unreachable)

  const id = before.line_channel_id
  const oldSecret = sealer.open(before.sealed_secret, sealPurpose.channelSecret(id))
  const row: Row = { ...before, profile }
  if (newSecret !== undefined || newToken !== undefined) {
    const channelSecret = newSecret ?? oldSecret
    const host = { apiUrl: before.api_url, reach: before.reach, channelSecret, channelId: before.channel_id }
    const oldToken =
      before.sealed_access_token === null
        ? undefined
        : sealer.open(before.sealed_access_token, sealPurpose.channelAccessToken(id))
    const channelAccessToken = newToken === undefined ? oldToken : (newToken ?? undefined)
    const proof = await context.line.prove(
      channelAccessToken === undefined ? { ...host, channelAccessToken } : { ...host, channelAccessToken },
    )
    if (proof.kind !== 'proven') return refusedByLine(proof)
    if (newToken !== undefined)
      row.sealed_access_token = newToken === null ? null : sealer.seal(newToken, sealPurpose.channelAccessToken(id))
  }
  if (newSecret !== undefined && newSecret !== oldSecret) {
    row.sealed_secret = sealer.seal(newSecret, sealPurpose.channelSecret(id))
    row.sealed_previous_secret = sealer.seal(oldSecret, sealPurpose.previousChannelSecret(id))
  }
  const secretsChanged = ['channelSecret', 'channelAccessToken'].filter((name) => fields.has(name))
  const detail = { ...(fields.has('profile') && { profile }), ...(secretsChanged.length > 0 && { secretsChanged }) }
  const { line_channel_id: _, ...columns } = row
  const projectId = await projectOf(context, row.app_id)
  await apply(call, { action: 'line-channel.update', targetId: id, projectId, detail }, [
    context.cold.updateTable('line_channel').set(columns).where('line_channel_id', '=', id),
  ])
  const webhook = setWebhook ? await context.line.setWebhookUrl(id, webhookUrlOf(context, id)) : undefined
  return ok({ ...write(context, row), ...(webhook && { webhookOnLine: webhook }) })
}

async function dropPreviousSecret(call: AdminCall) {
  const { context, params } = call
  const row = await findChannel(context, params.id)
  if (row === undefined) return notFound('LINE channel')
  const id = row.line_channel_id
  const projectId = await projectOf(context, row.app_id)
  await apply(call, { action: 'line-channel.drop-previous-secret', targetId: id, projectId, detail: {} }, [
    context.cold.updateTable('line_channel').set({ sealed_previous_secret: null }).where('line_channel_id', '=', id),
  ])
  return gone()
}

/** What waits to be sent fails then, as its channel is missing. */
async function remove(call: AdminCall) {
  const { context, params } = call
  const row = await findChannel(context, params.id)
  if (row === undefined) return notFound('LINE channel')
  const projectId = await projectOf(context, row.app_id)
  const detail = { appId: row.app_id, channelId: row.channel_id }
  await apply(call, { action: 'line-channel.delete', targetId: row.line_channel_id, projectId, detail }, [
    context.cold.deleteFrom('line_channel').where('line_channel_id', '=', row.line_channel_id),
  ])
  return gone()
}
