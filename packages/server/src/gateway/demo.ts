// The demo's rows: made at the first start, pointed anew where addresses changed since.
import type { Compilable } from 'kysely'
import { hashSecret } from '../kit/compare.ts'
import { ulidToUuid } from '../kit/ids.ts'
import type { Sealer } from '../kit/seal.ts'
import { type AppId, type ConnectorAccountId, type ProjectId, parseId, type WebhookId } from './core/ids.ts'
import { sealPurpose } from './store/directory.ts'
import type { Store } from './store/open-store.ts'

export interface GatewayDemo {
  adminKey: string
  /** Also the 8x8 account id. */
  projectId: string
  keyId: string
  keySecret: string
  /** A UUID, or the ULID of one. */
  appId: string
  subAccountId: string
  apiKey: string
  lineChannel: {
    /** The gateway's own id of it, a UUID. */
    id: string
    channelId: string
    channelSecret: string
    channelAccessToken: string
    botUserId: string
    profile: '2017' | 'current'
    apiUrl: string
    dataUrl: string
  }
  webhook: { id: string; target: string; secret: string }
}

export interface DemoChange {
  webhookTarget?: string
  lineApiUrl?: string
  lineDataUrl?: string
}

const RETRY_DURATION_MS = 3_600_000
const TRIGGERS = ['MESSAGE_INBOUND', 'MESSAGE_DELIVERY', 'CONTACT_CREATE', 'OPT_IN', 'OPT_OUT', 'UNSUPPORTED']

interface DemoIds {
  projectId: ProjectId
  appId: AppId
  lineChannelId: ConnectorAccountId
  webhookId: WebhookId
}

function idsOf(demo: GatewayDemo): DemoIds {
  const projectId = parseId<ProjectId>(demo.projectId)
  const appId = parseId<AppId>(ulidToUuid(demo.appId) ?? demo.appId)
  const lineChannelId = parseId<ConnectorAccountId>(demo.lineChannel.id)
  const webhookId = parseId<WebhookId>(demo.webhook.id)
  if (projectId === undefined || appId === undefined || lineChannelId === undefined || webhookId === undefined)
    throw new TypeError('the ids of the demo must be UUIDs')
  return { projectId, appId, lineChannelId, webhookId }
}

export async function ensureDemo(store: Store, sealer: Sealer, demo: GatewayDemo, nowMs: number): Promise<void> {
  const { cold } = store
  const { projectId, appId, lineChannelId, webhookId } = idsOf(demo)
  const { lineChannel, webhook } = demo
  const created = { created_at_ms: nowMs }
  const reach = 'loopback' as const
  const key = (keyId: string, use: 'sinch' | '8x8' | 'admin', secret: string): Compilable => {
    const row = {
      key_id: keyId,
      use,
      project_id: use === 'admin' ? null : projectId,
      secret_sha256: hashSecret(secret),
    }
    return cold
      .insertInto('api_key')
      .values({ ...row, ...created, disabled_at_ms: null })
      .onConflict((conflict) => conflict.column('key_id').doUpdateSet({ secret_sha256: row.secret_sha256 }))
  }
  const account = {
    app_id: appId,
    channel_id: lineChannel.channelId,
    bot_user_id: lineChannel.botUserId,
    sealed_secret: sealer.seal(lineChannel.channelSecret, sealPurpose.channelSecret(lineChannelId)),
    sealed_access_token: sealer.seal(lineChannel.channelAccessToken, sealPurpose.channelAccessToken(lineChannelId)),
    api_url: lineChannel.apiUrl,
    data_url: lineChannel.dataUrl,
    profile: lineChannel.profile,
    reach,
  }
  const hook = {
    app_id: appId,
    dialect: 'sinch' as const,
    target: webhook.target,
    triggers: JSON.stringify(TRIGGERS),
    sealed_secret: sealer.seal(webhook.secret, sealPurpose.webhookSecret(webhookId)),
    reach,
  }
  await store.writeTogether([
    cold
      .insertInto('project')
      .values({ project_id: projectId, name: 'Demo', ...created })
      .onConflict((conflict) => conflict.doNothing()),
    key(`admin-${projectId}`, 'admin', demo.adminKey),
    key(demo.keyId, 'sinch', demo.keySecret),
    key(`8x8-${projectId}`, '8x8', demo.apiKey),
    cold
      .insertInto('app')
      .values({
        app_id: appId,
        project_id: projectId,
        display_name: 'Demo',
        sub_account_id: demo.subAccountId,
        retry_duration_ms: RETRY_DURATION_MS,
        universal_thumbnail: 1,
        reply_token_saving: 1,
        multicast_coalescing: 1,
        ...created,
      })
      .onConflict((conflict) => conflict.column('app_id').doUpdateSet({ sub_account_id: demo.subAccountId })),
    cold
      .insertInto('line_channel')
      .values({ line_channel_id: lineChannelId, ...account, ...created })
      .onConflict((conflict) => conflict.column('line_channel_id').doUpdateSet(account)),
    cold
      .insertInto('webhook')
      .values({ webhook_id: webhookId, ...hook, ...created })
      .onConflict((conflict) => conflict.column('webhook_id').doUpdateSet(hook)),
  ])
  store.directory.forget()
}

export async function pointDemo(store: Store, demo: GatewayDemo, change: DemoChange): Promise<void> {
  const { cold } = store
  const { lineChannelId, webhookId } = idsOf(demo)
  const writes: Compilable[] = []
  if (change.webhookTarget !== undefined)
    writes.push(cold.updateTable('webhook').set({ target: change.webhookTarget }).where('webhook_id', '=', webhookId))
  const urls = {
    ...(change.lineApiUrl !== undefined && { api_url: change.lineApiUrl }),
    ...(change.lineDataUrl !== undefined && { data_url: change.lineDataUrl }),
  }
  if (Object.keys(urls).length > 0)
    writes.push(cold.updateTable('line_channel').set(urls).where('line_channel_id', '=', lineChannelId))
  await store.writeTogether(writes)
  store.directory.forget()
}
