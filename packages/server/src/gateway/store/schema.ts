// The tables as Kysely sees them. Times are milliseconds since 1970; JSON is text; a flag is 0 or 1.
import type { Generated } from 'kysely'
import type {
  AppId,
  ConnectorAccountId,
  ContactId,
  ConversationId,
  MessageId,
  ProjectId,
  WebhookId,
} from '../core/ids.ts'
import type { QueueName } from '../core/jobs.ts'
import type { AdminRole, ChannelName, DialectName, Direction, FailureCode, MessageState, Reach } from '../core/model.ts'

export interface Schema {
  schema_migration: { number: number; name: string; hash: string; applied_at_ms: number }
  seal_check: { single: number; sealed: string }
  project: { project_id: ProjectId; name: string; created_at_ms: number }
  api_key: {
    key_id: string
    project_id: ProjectId | null
    use: DialectName | 'admin'
    secret_sha256: string
    name: Generated<string>
    /** Of admin keys. */
    role: Generated<AdminRole>
    /** A JSON list: what an 8x8 key is limited to. */
    app_ids: string | null
    created_at_ms: number
    disabled_at_ms: number | null
  }
  app: {
    app_id: AppId
    project_id: ProjectId
    display_name: string
    sub_account_id: string
    retry_duration_ms: number
    reply_token_saving: Generated<number>
    multicast_coalescing: Generated<number>
    allow_duplicates: Generated<number>
    universal_thumbnail: Generated<number>
    created_at_ms: number
  }
  line_channel: {
    line_channel_id: ConnectorAccountId
    app_id: AppId
    channel_id: string
    bot_user_id: string
    sealed_secret: string
    sealed_previous_secret: string | null
    /** null: tokens are asked for with id and secret. */
    sealed_access_token: string | null
    api_url: string
    data_url: string
    profile: '2017' | 'current'
    reach: Reach
    created_at_ms: number
  }
  webhook: {
    webhook_id: WebhookId
    app_id: AppId
    dialect: DialectName
    target: string
    triggers: string
    sealed_secret: string | null
    enabled: Generated<number>
    reach: Reach
    created_at_ms: number
  }
  audit_log: {
    audit_id: string
    at_ms: number
    /** Who: an admin key's id, or `system`. */
    key_id: string
    action: string
    target_id: string
    project_id: ProjectId | null
    detail: string
  }
  contact: {
    app_id: AppId
    contact_id: ContactId
    project_id: ProjectId
    display_name: string
    email: string
    external_id: string
    metadata: string
    language: string
    channel_priority: string
    created_at_ms: number
  }
  channel_identity: { app_id: AppId; channel: ChannelName; identity: string; contact_id: ContactId }
  conversation: {
    app_id: AppId
    conversation_id: ConversationId
    contact_id: ContactId
    channel: ChannelName
    active: number
    last_received_ms: number | null
    created_at_ms: number
  }
  message: {
    app_id: AppId
    message_id: MessageId
    direction: Direction
    state: MessageState
    dialect: DialectName | null
    contact_id: ContactId
    conversation_id: ConversationId
    channel: ChannelName
    identity: string
    content: string
    metadata: string
    correlation_id: string
    client_message_id: string | null
    failure_code: FailureCode | null
    failure_description: string | null
    accepted_at_ms: number
    state_at_ms: number
  }
  delivery_attempt: {
    app_id: AppId
    message_id: MessageId
    /** `send`, or the id of a callback. */
    job: string
    /** The first attempts keep their own, later ones share the last few in turn: a bound per job. */
    slot: number
    webhook_id: WebhookId | null
    trigger: string | null
    attempt: number
    at_ms: number
    outcome: string
    status: number | null
    reason: string | null
    request_id: string | null
    duration_ms: number
  }
  worker: { id: number; beat_ms: number; dead: number }
  lane: {
    app_id: AppId
    queue: QueueName
    lane: string
    tail: number
    owner: number
    lease: number
    gate: string
    due_ms: number
    taint: number
  }
  job: JobColumns & {
    seq: number
    attempts: number
    first_attempt_at_ms: number | null
    marks: number
    no_batch: number
    batch: string | null
  }
  scheduled: JobColumns & { due_ms: number }
  dead_letter: Omit<JobColumns, 'coalesce_hash'> & {
    message_id: MessageId | null
    attempts: number
    reason: string
    definite: number
    died_at_ms: number
  }
  line_event: {
    app_id: AppId
    line_channel_id: ConnectorAccountId
    dedupe_key: string
    event_id: string
    event: string
    received_at_ms: number
  }
}

interface JobColumns {
  app_id: AppId
  queue: QueueName
  lane: string
  job_id: string
  gate: string
  retry_key: string | null
  coalesce_hash: string | null
  body: string
}
