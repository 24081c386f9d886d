// Fetches what a person sent from LINE, or from the URL that a LIFF app gave in the person's name.
import { DownloadError, type Outbound, OutboundError, type OutboundStream } from '../../../kit/outbound.ts'
import type { ChannelMedia, FetchedMedia } from '../../core/media.ts'
import type { Failure, Reach } from '../../core/model.ts'

const ANSWER_TIMEOUT_MS = 15_000
const IDLE_TIMEOUT_MS = 30_000
const TIMEOUT_MS = 1_800_000
const MOST_STATUS_BYTES = 4096

export interface ContentAccount {
  channelAccessToken: string
  dataUrl: string
  /** Of LINE's host. */
  reach: Reach
  /** Of URLs that LINE passes on. */
  foreignReach: Reach
}

export type ContentReference = { messageId: string } | { url: string }

export const writeReference = (reference: ContentReference): string => JSON.stringify(reference)
const readReference = (text: string): ContentReference => JSON.parse(text) // written by the function above

interface FetchOptions {
  mostBytes: number
  signal: AbortSignal
}

export async function fetchContent(
  outbound: Outbound,
  account: ContentAccount,
  { media, reference }: ChannelMedia,
  options: FetchOptions,
): Promise<FetchedMedia> {
  const source = readReference(reference)
  if ('url' in source) return download(outbound, { url: source.url, reach: account.foreignReach, ...options })
  const { dataUrl, channelAccessToken, reach } = account
  const url = `${dataUrl}/v2/bot/message/${encodeURIComponent(source.messageId)}/content`
  const headers = { authorization: `Bearer ${channelAccessToken}` }
  const fetched = await download(outbound, { url, headers, reach, ...options })
  // LINE reference, "Get content": 202 while a video or audio is prepared; whether that failed is told elsewhere
  if (fetched.kind !== 'preparing' || (media !== 'video' && media !== 'audio')) return fetched
  const failed = await hasFailed(outbound, { url: `${url}/transcoding`, headers, reach, ...options })
  return failed ? gone('media-not-reachable', 'LINE could not prepare the file.') : fetched
}

interface Target extends FetchOptions {
  url: string
  headers?: Record<string, string>
  reach: Reach
}

async function open(
  outbound: Outbound,
  target: Target,
): Promise<OutboundStream | { reason: string; lasting: boolean }> {
  const timeouts = { answerTimeoutMs: ANSWER_TIMEOUT_MS, idleTimeoutMs: IDLE_TIMEOUT_MS, timeoutMs: TIMEOUT_MS }
  try {
    return await outbound.download({ ...target, ...timeouts })
  } catch (error) {
    if (error instanceof DownloadError) return { reason: error.message, lasting: false }
    if (!(error instanceof OutboundError)) throw error
    return { reason: error.message, lasting: error.code === 'bad_url' || error.code === 'address_denied' }
  }
}

async function download(outbound: Outbound, target: Target): Promise<FetchedMedia> {
  const answer = await open(outbound, target)
  if ('reason' in answer)
    return answer.lasting ? gone('media-not-reachable', answer.reason) : { kind: 'unanswered', reason: answer.reason }
  const { status, headers, body } = answer
  const discard = () => answer.discard()
  if (status === 200) return { kind: 'ready', mediaType: String(headers['content-type'] ?? ''), body, discard }
  discard()
  if (status === 202) return { kind: 'preparing' }
  // 404: LINE keeps content for a while only. 410: its sender took it back.
  if (status === 404 || status === 410 || status === 400)
    return gone('media-not-reachable', `The file is not there any more: status ${status}.`)
  return { kind: 'unanswered', reason: `status ${status}` }
}

/** LINE reference, "Verify the preparation status of a video or audio for getting". */
async function hasFailed(outbound: Outbound, target: Target): Promise<boolean> {
  const answer = await open(outbound, { ...target, mostBytes: MOST_STATUS_BYTES })
  if ('reason' in answer) return false
  const chunks: Buffer[] = []
  try {
    for await (const chunk of answer.body) chunks.push(chunk)
    const told: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return typeof told === 'object' && told !== null && 'status' in told && told.status === 'failed'
  } catch (error) {
    if (error instanceof DownloadError || error instanceof SyntaxError) return false // asked again with the next attempt
    throw error
  } finally {
    answer.discard()
  }
}

const gone = (code: Failure['code'], description: string): FetchedMedia => ({
  kind: 'gone',
  failure: { code, description },
})
