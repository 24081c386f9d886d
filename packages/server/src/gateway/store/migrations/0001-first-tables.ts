// Every table of the hot path (contact and below) carries app_id, so that they can be distributed by it. What a lane, a
// job, an owner and a lease are is told in store/port.ts. A job has no state of its own: its lane has it.
import type { Migration } from './migration.ts'

export const firstTables: Migration = {
  number: 1,
  name: 'first tables',
  tables: `
CREATE TABLE seal_check (single INTEGER PRIMARY KEY, sealed TEXT NOT NULL) STRICT;
CREATE TABLE project (
  project_id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE api_key (
  key_id TEXT PRIMARY KEY,
  project_id TEXT REFERENCES project (project_id),
  use TEXT NOT NULL CHECK (use IN ('sinch', '8x8', 'admin')),
  secret_sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT 'owner' CHECK (role IN ('owner', 'viewer')),
  app_ids TEXT,
  created_at_ms INTEGER NOT NULL, disabled_at_ms INTEGER
) STRICT;
CREATE TABLE app (
  app_id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES project (project_id),
  display_name TEXT NOT NULL, sub_account_id TEXT NOT NULL,
  retry_duration_ms INTEGER NOT NULL,
  reply_token_saving INTEGER NOT NULL DEFAULT 0,
  multicast_coalescing INTEGER NOT NULL DEFAULT 0,
  allow_duplicates INTEGER NOT NULL DEFAULT 0,
  universal_thumbnail INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (project_id, sub_account_id)
) STRICT;
CREATE TABLE line_channel (
  line_channel_id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL REFERENCES app (app_id),
  channel_id TEXT NOT NULL UNIQUE, bot_user_id TEXT NOT NULL,
  sealed_secret TEXT NOT NULL, sealed_previous_secret TEXT, sealed_access_token TEXT,
  api_url TEXT NOT NULL, data_url TEXT NOT NULL,
  profile TEXT NOT NULL CHECK (profile IN ('2017', 'current')),
  reach TEXT NOT NULL CHECK (reach IN ('public', 'loopback')),
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX line_channel_app ON line_channel (app_id);
CREATE TABLE webhook (
  webhook_id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL REFERENCES app (app_id),
  dialect TEXT NOT NULL CHECK (dialect IN ('sinch', '8x8')),
  target TEXT NOT NULL, triggers TEXT NOT NULL, sealed_secret TEXT,
  enabled INTEGER NOT NULL DEFAULT 1,
  reach TEXT NOT NULL CHECK (reach IN ('public', 'loopback')),
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_app ON webhook (app_id);
CREATE TABLE audit_log (
  audit_id TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL, key_id TEXT NOT NULL, action TEXT NOT NULL,
  target_id TEXT NOT NULL, project_id TEXT, detail TEXT NOT NULL
) STRICT;
CREATE TABLE contact (
  app_id TEXT NOT NULL, contact_id TEXT NOT NULL, project_id TEXT NOT NULL,
  display_name TEXT NOT NULL, email TEXT NOT NULL, external_id TEXT NOT NULL, metadata TEXT NOT NULL,
  language TEXT NOT NULL, channel_priority TEXT NOT NULL, created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (contact_id, app_id)
) STRICT;
CREATE INDEX contact_app ON contact (app_id, contact_id);
CREATE TABLE channel_identity (
  app_id TEXT NOT NULL, channel TEXT NOT NULL, identity TEXT NOT NULL, contact_id TEXT NOT NULL,
  PRIMARY KEY (app_id, channel, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_identity_contact ON channel_identity (contact_id, app_id);
CREATE TABLE conversation (
  app_id TEXT NOT NULL, conversation_id TEXT NOT NULL, contact_id TEXT NOT NULL, channel TEXT NOT NULL,
  active INTEGER NOT NULL, last_received_ms INTEGER, created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, app_id)
) STRICT;
CREATE INDEX conversation_app ON conversation (app_id, conversation_id);
CREATE UNIQUE INDEX conversation_active ON conversation (app_id, contact_id) WHERE active = 1;
CREATE TABLE message (
  app_id TEXT NOT NULL, message_id TEXT NOT NULL,
  direction TEXT NOT NULL, state TEXT NOT NULL, dialect TEXT,
  contact_id TEXT NOT NULL, conversation_id TEXT NOT NULL, channel TEXT NOT NULL, identity TEXT NOT NULL,
  content TEXT NOT NULL, metadata TEXT NOT NULL, correlation_id TEXT NOT NULL, client_message_id TEXT,
  failure_code TEXT, failure_description TEXT,
  accepted_at_ms INTEGER NOT NULL, state_at_ms INTEGER NOT NULL,
  PRIMARY KEY (message_id, app_id)
) STRICT;
CREATE INDEX message_conversation ON message (app_id, conversation_id, message_id);
CREATE TABLE delivery_attempt (
  app_id TEXT NOT NULL, message_id TEXT NOT NULL, job TEXT NOT NULL, slot INTEGER NOT NULL,
  webhook_id TEXT, trigger TEXT, attempt INTEGER NOT NULL, at_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL, status INTEGER, reason TEXT, request_id TEXT, duration_ms INTEGER NOT NULL,
  PRIMARY KEY (app_id, message_id, job, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE lane (
  app_id TEXT NOT NULL, queue TEXT NOT NULL, lane TEXT NOT NULL,
  tail INTEGER NOT NULL, owner INTEGER NOT NULL, lease INTEGER NOT NULL,
  gate TEXT NOT NULL, due_ms INTEGER NOT NULL, taint INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (app_id, queue, lane)
) STRICT, WITHOUT ROWID;
CREATE INDEX lane_claim ON lane (queue, owner, gate, due_ms);
CREATE TABLE job (
  app_id TEXT NOT NULL, queue TEXT NOT NULL, lane TEXT NOT NULL, seq INTEGER NOT NULL,
  job_id TEXT NOT NULL, gate TEXT NOT NULL, retry_key TEXT, coalesce_hash TEXT, body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, first_attempt_at_ms INTEGER,
  marks INTEGER NOT NULL DEFAULT 0, no_batch INTEGER NOT NULL DEFAULT 0, batch TEXT,
  PRIMARY KEY (app_id, queue, lane, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_batch ON job (app_id, batch) WHERE batch IS NOT NULL;
CREATE TABLE scheduled (
  app_id TEXT NOT NULL, queue TEXT NOT NULL, lane TEXT NOT NULL,
  job_id TEXT NOT NULL, gate TEXT NOT NULL, retry_key TEXT, coalesce_hash TEXT, body TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  PRIMARY KEY (job_id, app_id)
) STRICT;
CREATE INDEX scheduled_due ON scheduled (due_ms);
CREATE TABLE dead_letter (
  app_id TEXT NOT NULL, queue TEXT NOT NULL, lane TEXT NOT NULL,
  job_id TEXT NOT NULL, gate TEXT NOT NULL, retry_key TEXT, body TEXT NOT NULL,
  message_id TEXT, attempts INTEGER NOT NULL, reason TEXT NOT NULL, definite INTEGER NOT NULL, died_at_ms INTEGER NOT NULL,
  PRIMARY KEY (job_id, app_id)
) STRICT;
CREATE INDEX dead_letter_time ON dead_letter (died_at_ms);
CREATE TABLE gate_pause (
  app_id TEXT NOT NULL, name TEXT NOT NULL, until_ms INTEGER NOT NULL,
  PRIMARY KEY (name, app_id)
) STRICT;
CREATE TABLE idempotency (
  app_id TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, message_id TEXT NOT NULL, at_ms INTEGER NOT NULL,
  PRIMARY KEY (app_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_time ON idempotency (at_ms);
CREATE TABLE line_event (
  app_id TEXT NOT NULL, line_channel_id TEXT NOT NULL, dedupe_key TEXT NOT NULL, event_id TEXT NOT NULL,
  event TEXT NOT NULL, received_at_ms INTEGER NOT NULL,
  PRIMARY KEY (app_id, line_channel_id, dedupe_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_event_time ON line_event (received_at_ms);
`,
  sqlite: `
CREATE TABLE worker (id INTEGER PRIMARY KEY AUTOINCREMENT, beat_ms INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 0) STRICT;
`,
  // Its time is the database's, not a process's. Lanes and jobs come and go: without room in the pages and an early
  // vacuum their indexes would grow with the throughput.
  postgres: `
CREATE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT (extract(epoch FROM now()) * 1000)::bigint $$;
CREATE TABLE worker (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, beat_ms bigint NOT NULL, dead bigint NOT NULL DEFAULT 0
);
ALTER TABLE lane SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE job SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
`,
}
