// The platform's control API as the phone uses it: same origin, JSON, errors as `{message}`.

export interface UserProfile {
  userId: string
  providerId: string
  displayName: string
  pictureUrl?: string
  statusMessage?: string
  /** Lets bots know the user's id and profile. */
  consent?: boolean
  useBeacon?: boolean
}

export interface BotChannel {
  channelId: string
  providerId: string
  kind: string
  profile: '2017' | 'current'
  displayName: string
  basicId: string
  botUserId: string
  webhook: { url?: string; use: boolean }
  settings: { beacons: boolean; joinGroups: boolean }
  about: { iconUrl?: string; description?: string; premiumId?: string }
  /** What the bot's QR code holds. */
  addFriendUrl: string
}

export interface ControlState {
  users: UserProfile[]
  channels: BotChannel[]
  clock: { nowMs: number; frozen: boolean }
}

/** A LINE message object: the fields the phone reads, and whatever else it carries. */
export interface MessageContent {
  type: string
  text?: string
  altText?: string
  [field: string]: unknown
}

export interface ChatMessage {
  id: string
  chatId: string
  from: { kind: 'user' | 'bot'; id: string; displayName: string; pictureUrl?: string }
  sentAtMs: number
  message: MessageContent
  readBy?: string[]
  /** The file of a user's message. */
  content?: FileFacts & { url: string }
  /** Taken back: of the message only its type is left. */
  unsent?: true
  editedAtMs?: number
}

export interface FileFacts {
  mediaType: string
  sizeBytes: number
  width?: number
  height?: number
  durationMs?: number
}

export interface ChatSummary {
  chatId: string
  kind: 'user' | 'group' | 'room'
  title: string
  pictureUrl?: string
  lastMessage?: ChatMessage
  unread: number
  friendship?: Friendship
  /** Of a group or room: the user is asked into it. */
  invited?: true
  memberCount?: number
}

export type Friendship = 'friend' | 'blocked' | 'none'

export interface MessagePage {
  /** Oldest first. */
  messages: ChatMessage[]
  hasMore: boolean
}

/** `unreachable`: no answer came. `unauthorized`: the platform wants its token. `refused`: it said why not. */
export type ControlApiFailure = 'unreachable' | 'unauthorized' | 'not_found' | 'refused'

export class ControlApiError extends Error {
  override name = 'ControlApiError'
  readonly code: ControlApiFailure
  constructor(code: ControlApiFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

export const BASE = '/_hatoba'
const ANSWER_WITHIN_MS = 15_000

export const getState = (signal: AbortSignal) => call<ControlState>('/state', { signal })

export const getChats = async (userId: string, signal: AbortSignal) =>
  (await call<{ chats: ChatSummary[] }>(`${userPath(userId)}/chats`, { signal })).chats

export interface MessagePageRequest {
  userId: string
  chatId: string
  /** The page that ends just before this message; without it the newest. */
  before: string | undefined
  limit: number
}

export function getMessages({ userId, chatId, before, limit }: MessagePageRequest, signal: AbortSignal) {
  const query = new URLSearchParams({ limit: String(limit), ...(before !== undefined && { before }) })
  return call<MessagePage>(`${chatPath(userId, chatId)}/messages?${query}`, { signal })
}

export const markRead = (userId: string, chatId: string) =>
  call<{ unread: number }>(`${chatPath(userId, chatId)}/read`, { post: {} })

export const getLoading = (userId: string, chatId: string, signal: AbortSignal) =>
  call<{ untilMs: number | null }>(`${chatPath(userId, chatId)}/loading`, { signal })

export const streamUrl = (userId: string) => `${BASE}${userPath(userId)}/stream`

export const timelineUrl = `${BASE}/timeline`

export const userPath = (userId: string) => `/users/${encodeURIComponent(userId)}`

export const chatPath = (userId: string, chatId: string) => `${userPath(userId)}/chats/${encodeURIComponent(chatId)}`

interface CallOptions {
  signal?: AbortSignal
  post?: unknown
  patch?: unknown
}

export async function call<T>(path: string, { signal, post, patch }: CallOptions): Promise<T> {
  const deadline = AbortSignal.timeout(ANSWER_WITHIN_MS)
  const request: RequestInit = {
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    headers: { accept: 'application/json' },
  }
  const sent = post ?? patch
  if (sent !== undefined) {
    request.method = post === undefined ? 'PATCH' : 'POST'
    request.headers = { accept: 'application/json', 'content-type': 'application/json' }
    request.body = JSON.stringify(sent)
  }
  let answer: Response
  let body: unknown
  try {
    answer = await fetch(`${BASE}${path}`, request)
    body = await answer.json().catch(() => undefined)
  } catch (cause) {
    throw new ControlApiError('unreachable', 'no answer', cause)
  }
  if (!answer.ok) throw new ControlApiError(failureOf(answer.status), messageOf(body) ?? `status ${answer.status}`)
  if (body === undefined) throw new ControlApiError('unreachable', 'the answer broke off')
  return body as T // the platform that served this page answers in its own control API's shapes
}

export function failureOf(status: number): ControlApiFailure {
  if (status === 401) return 'unauthorized'
  if (status === 404) return 'not_found'
  return status >= 502 && status <= 504 ? 'unreachable' : 'refused'
}

export function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined
  return typeof body.message === 'string' ? body.message : undefined
}
