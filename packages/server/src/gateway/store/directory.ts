// Configuration as the hot path reads it: from memory after the first time, with secrets opened. Whoever changes
// configuration calls forget().
import type { Kysely, Selectable } from 'kysely'
import type { Sealer } from '../../kit/seal.ts'
import type { AppId, ConnectorAccountId, ProjectId, WebhookId } from '../core/ids.ts'
import type { ApiKey, App, Reach, Webhook } from '../core/model.ts'
import type { Directory } from '../core/ports.ts'
import type { Schema } from './schema.ts'

interface LineChannel {
  lineChannelId: ConnectorAccountId
  appId: AppId
  botUserId: string
  channelId: string
  channelSecret: string
  /** Still accepted while LINE's console and the gateway change over. */
  previousChannelSecret: string | undefined
  /** undefined: tokens are asked for with id and secret. */
  channelAccessToken: string | undefined
  apiUrl: string
  dataUrl: string
  profile: '2017' | 'current'
  reach: Reach
}

export interface StoreDirectory extends Directory {
  appBySubAccount(projectId: ProjectId, subAccountId: string): Promise<App | undefined>
  lineChannel(id: ConnectorAccountId): Promise<LineChannel | undefined>
  keyById(keyId: string): Promise<ApiKey | undefined>
  keyByHash(secretSha256: string): Promise<ApiKey | undefined>
  forget(): void
}

/** What a secret's seal is bound to. */
export const sealPurpose = {
  previousChannelSecret: (id: ConnectorAccountId) => `line_channel/${id}/previous_secret`,
  channelSecret: (id: ConnectorAccountId) => `line_channel/${id}/secret`,
  channelAccessToken: (id: ConnectorAccountId) => `line_channel/${id}/access_token`,
  webhookSecret: (id: WebhookId) => `webhook/${id}/secret`,
}

const MOST_REMEMBERED = 10_000

/** Remembers what was found; what is missing is asked for again, so that nobody can fill the memory by asking. */
function remembering<Key, Value>(find: (key: Key) => Promise<Value | undefined>) {
  let found = new Map<Key, Value>()
  return {
    async get(key: Key): Promise<Value | undefined> {
      const known = found.get(key)
      if (known !== undefined) return known
      const memory = found
      const value = await find(key)
      if (memory.size >= MOST_REMEMBERED) memory.clear()
      if (value !== undefined) memory.set(key, value)
      return value
    },
    /** Answers under way land in the memory that is thrown away. */
    forget() {
      found = new Map()
    },
  }
}

export function storeDirectory(db: Kysely<Schema>, sealer: Sealer): StoreDirectory {
  const openIfAny = (sealed: string | null, purpose: string): string | undefined =>
    sealed === null ? undefined : sealer.open(sealed, purpose)

  const readWebhook = (row: Selectable<Schema['webhook']>): Webhook => ({
    webhookId: row.webhook_id,
    appId: row.app_id,
    dialect: row.dialect,
    target: row.target,
    triggers: JSON.parse(row.triggers),
    secret: openIfAny(row.sealed_secret, sealPurpose.webhookSecret(row.webhook_id)),
    enabled: row.enabled !== 0,
    reach: row.reach,
  })

  const readKey = (row: Selectable<Schema['api_key']>): ApiKey => ({
    keyId: row.key_id,
    projectId: row.project_id ?? undefined,
    use: row.use,
    secretSha256: row.secret_sha256,
    role: row.role,
    appIds: row.app_ids === null ? undefined : JSON.parse(row.app_ids),
  })

  async function readApp(row: Selectable<Schema['app']>): Promise<App> {
    const channel = await db
      .selectFrom('line_channel')
      .select('line_channel_id')
      .where('app_id', '=', row.app_id)
      .orderBy('created_at_ms')
      .executeTakeFirst()
    const webhooks = await db
      .selectFrom('webhook')
      .selectAll()
      .where('app_id', '=', row.app_id)
      .orderBy('created_at_ms')
      .execute()
    return {
      appId: row.app_id,
      projectId: row.project_id,
      displayName: row.display_name,
      subAccountId: row.sub_account_id,
      retryDurationMs: row.retry_duration_ms,
      universalThumbnail: row.universal_thumbnail !== 0,
      replyTokenSaving: row.reply_token_saving !== 0,
      multicastCoalescing: row.multicast_coalescing !== 0,
      allowDuplicates: row.allow_duplicates !== 0,
      accountId: channel?.line_channel_id,
      webhooks: webhooks.map(readWebhook),
    }
  }

  const apps = remembering(async (appId: AppId) => {
    const row = await db.selectFrom('app').selectAll().where('app_id', '=', appId).executeTakeFirst()
    return row === undefined ? undefined : readApp(row)
  })
  const appIds = remembering(async (name: string) => {
    const [projectId = '', subAccountId = ''] = name.split('/')
    const row = await db
      .selectFrom('app')
      .select('app_id')
      .where('project_id', '=', projectId as ProjectId) // put together below from a ProjectId
      .where('sub_account_id', '=', subAccountId)
      .executeTakeFirst()
    return row?.app_id
  })
  const webhooks = remembering(async (id: WebhookId) => {
    const row = await db.selectFrom('webhook').selectAll().where('webhook_id', '=', id).executeTakeFirst()
    return row === undefined ? undefined : readWebhook(row)
  })
  const projectWebhooks = remembering(async (projectId: ProjectId) => {
    const rows = await db
      .selectFrom('webhook')
      .innerJoin('app', 'app.app_id', 'webhook.app_id')
      .selectAll('webhook')
      .where('app.project_id', '=', projectId)
      .orderBy('webhook.created_at_ms')
      .execute()
    return rows.map(readWebhook)
  })
  const lineChannels = remembering(async (id: ConnectorAccountId) => {
    const row = await db.selectFrom('line_channel').selectAll().where('line_channel_id', '=', id).executeTakeFirst()
    if (row === undefined) return undefined
    const channel: LineChannel = {
      lineChannelId: id,
      appId: row.app_id,
      channelId: row.channel_id,
      botUserId: row.bot_user_id,
      channelSecret: sealer.open(row.sealed_secret, sealPurpose.channelSecret(id)),
      previousChannelSecret: openIfAny(row.sealed_previous_secret, sealPurpose.previousChannelSecret(id)),
      channelAccessToken: openIfAny(row.sealed_access_token, sealPurpose.channelAccessToken(id)),
      apiUrl: row.api_url,
      dataUrl: row.data_url,
      profile: row.profile,
      reach: row.reach,
    }
    return channel
  })
  const findKey = (column: 'key_id' | 'secret_sha256') =>
    remembering(async (value: string) => {
      const query = db.selectFrom('api_key').selectAll().where(column, '=', value).where('disabled_at_ms', 'is', null)
      const row = await query.executeTakeFirst()
      return row === undefined ? undefined : readKey(row)
    })
  const keysById = findKey('key_id')
  const keysByHash = findKey('secret_sha256')
  const memories = [apps, appIds, webhooks, projectWebhooks, lineChannels, keysById, keysByHash]

  return {
    app: apps.get,
    async appBySubAccount(projectId, subAccountId) {
      const appId = await appIds.get(`${projectId}/${subAccountId}`)
      return appId === undefined ? undefined : apps.get(appId)
    },
    webhook: webhooks.get,
    webhooksOfProject: async (projectId) => (await projectWebhooks.get(projectId)) ?? [],
    lineChannel: lineChannels.get,
    keyById: keysById.get,
    keyByHash: keysByHash.get,
    forget() {
      for (const memory of memories) memory.forget()
    },
  }
}
