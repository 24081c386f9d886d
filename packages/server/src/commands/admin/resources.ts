// What `hatoba project|key|app|channel|webhook` can do, as data: each verb is one call of the gateway's admin API.

type FlagKind = 'text' | 'secret' | 'number' | 'switch' | 'list'

export interface Flag {
  flag: string
  /** In the body or the query of the admin API. */
  field: string
  kind: FlagKind
  meaning: string
}

export type Verb = 'list' | 'create' | 'show' | 'update' | 'enable' | 'disable' | 'delete' | 'drop-secret'

export interface Resource {
  /** Under /admin/v1. */
  path: string
  idField: string
  columns: readonly string[]
  verbs: readonly Verb[]
  filters: readonly Flag[]
  create: readonly Flag[]
  update: readonly Flag[]
}

const text = (flag: string, field: string, meaning: string): Flag => ({ flag, field, kind: 'text', meaning })
const secret = (flag: string, field: string, meaning: string): Flag => ({ flag, field, kind: 'secret', meaning })
const onOff = (flag: string, field: string, meaning: string): Flag => ({ flag, field, kind: 'switch', meaning })
const list = (flag: string, field: string, meaning: string): Flag => ({ flag, field, kind: 'list', meaning })

const project = text('project', 'projectId', 'the project')
const app = text('app', 'appId', 'the app')
const projectName = text('name', 'name', 'what people call it')
const keyName = text('name', 'name', 'what it is for')
const keyApps = list('apps', 'appIds', 'the apps that an 8x8 key is limited to, with commas between; default: all')
const channelSecret = secret('channel-secret', 'channelSecret', "the LINE channel's secret; @FILE reads it from a file")
const channelToken = secret(
  'channel-access-token',
  'channelAccessToken',
  'its long-lived token; @FILE reads it from a file',
)
const profile = text('api-profile', 'profile', "LINE's API as of current (default) or 2017")
const setWebhook = onOff('set-webhook', 'setWebhook', 'also set the webhook URL on LINE')
const target = text('target', 'target', 'the URL that callbacks go to')
const triggers = list('triggers', 'triggers', 'what it is told of, with commas between')
const webhookSecret = secret('secret', 'secret', 'what callbacks are signed with; @FILE reads it from a file')

const appFields: readonly Flag[] = [
  text('name', 'displayName', 'what people call it'),
  text('sub-account', 'subAccountId', '8x8 sub-account id: 3 to 50 letters, digits and - . _ &'),
  { flag: 'retry-seconds', field: 'retryDurationSeconds', kind: 'number', meaning: 'how long a send is tried again' },
  onOff('reply-token-saving', 'replyTokenSaving', 'send as free replies where that is possible'),
  onOff('multicast-coalescing', 'multicastCoalescing', 'send equal messages that wait together as one multicast'),
  onOff('allow-duplicates', 'allowDuplicates', 'repeat a send of unknown fate where LINE cannot tell repeats'),
]

const ALL: readonly Verb[] = ['list', 'create', 'show', 'update', 'delete']
const SWITCHED: readonly Verb[] = [...ALL, 'enable', 'disable']

export const RESOURCES: Readonly<Record<string, Resource>> = {
  project: {
    path: '/projects',
    idField: 'projectId',
    columns: ['projectId', 'name', 'createdAt'],
    verbs: ALL,
    filters: [],
    create: [projectName],
    update: [projectName],
  },
  key: {
    path: '/keys',
    idField: 'keyId',
    columns: ['keyId', 'use', 'role', 'projectId', 'name', 'enabled'],
    verbs: SWITCHED,
    filters: [project, text('use', 'use', 'sinch, 8x8 or admin')],
    create: [
      text('use', 'use', 'sinch, 8x8 or admin'),
      project,
      text('role', 'role', 'of an admin key: owner or viewer'),
      keyApps,
      keyName,
    ],
    update: [keyName, keyApps],
  },
  app: {
    path: '/apps',
    idField: 'appId',
    columns: ['appId', 'sinchAppId', 'subAccountId', 'displayName', 'projectId'],
    verbs: ALL,
    filters: [project],
    create: [project, ...appFields],
    update: appFields,
  },
  channel: {
    path: '/line-channels',
    idField: 'id',
    columns: ['id', 'channelId', 'appId', 'profile', 'credentials', 'webhookUrl'],
    verbs: [...ALL, 'drop-secret'],
    filters: [app],
    create: [
      app,
      text('channel-id', 'channelId', "LINE's Channel ID"),
      channelSecret,
      channelToken,
      profile,
      setWebhook,
    ],
    update: [channelSecret, channelToken, profile, setWebhook],
  },
  webhook: {
    path: '/webhooks',
    idField: 'webhookId',
    columns: ['webhookId', 'dialect', 'target', 'triggers', 'enabled', 'appId'],
    verbs: SWITCHED,
    filters: [app],
    create: [app, text('dialect', 'dialect', 'sinch (default) or 8x8'), target, triggers, webhookSecret],
    update: [target, triggers, webhookSecret],
  },
}
