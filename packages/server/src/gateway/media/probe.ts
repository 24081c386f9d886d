// Looks at what a customer's URL leads to: whether it is there, what it is by its bytes, how large and how long. Only
// the beginning is read, and the few bytes elsewhere that tell a film's length; the answer is remembered for a while.
import { STATUS_CODES } from 'node:http'
import type { Clock } from '../../kit/clock.ts'
import { HEAD_BYTES, inspectMedia } from '../../kit/inspect-media.ts'
import { DownloadError, type Outbound, OutboundError, type OutboundStream } from '../../kit/outbound.ts'
import type { MediaProbe, ProbedMedia } from '../core/media.ts'

type Reach = 'public' | 'loopback'

const ANSWER_TIMEOUT_MS = 5000
const TIMEOUT_MS = 10_000
/** Boxes of a film that are read beside its beginning. */
const MOST_PARTS = 16
const MOST_PART_BYTES = 64
const REMEMBER_FOUND_MS = 5 * 60_000
const REMEMBER_LASTING_MS = 30_000
const MOST_REMEMBERED = 5000
const PROBES_AT_ONCE = 64
// Codes of Node and OpenSSL for a name, a certificate or a version of TLS that will not do
const LASTING = /^(ENOTFOUND|ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_INVALID)/
const RETRIED_STATUSES = new Set([408, 425, 429])

export function mediaProbe(outbound: Outbound, clock: Clock): MediaProbe {
  const remembered = new Map<string, { untilMs: number; answer: Promise<ProbedMedia> }>()
  let running = 0
  const waiting: (() => void)[] = []

  async function inTurn(task: () => Promise<ProbedMedia>): Promise<ProbedMedia> {
    if (running >= PROBES_AT_ONCE) await new Promise<void>((start) => waiting.push(start))
    else running += 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next() // it takes over this place
    }
  }

  return {
    probe(url, reach) {
      const name = `${reach} ${url}`
      const known = remembered.get(name)
      if (known !== undefined && clock.now() < known.untilMs) return known.answer
      const answer = inTurn(() => look(outbound, url, reach))
      const entry = { untilMs: Number.POSITIVE_INFINITY, answer }
      if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '') // the oldest
      remembered.set(name, entry)
      answer.then(
        (result) => {
          const lasts = result.kind === 'found' ? REMEMBER_FOUND_MS : result.lasting ? REMEMBER_LASTING_MS : 0
          entry.untilMs = clock.now() + lasts
        },
        () => remembered.delete(name),
      )
      return answer
    },
  }
}

interface Part {
  bytes: Buffer
  headers: OutboundStream['headers']
  status: number
}

async function look(outbound: Outbound, url: string, reach: Reach): Promise<ProbedMedia> {
  const part = await readPart(outbound, url, reach, 0, HEAD_BYTES)
  if ('kind' in part) return part
  const { bytes: head, headers, status } = part
  const sizeBytes = sizeOf(part)
  let partsLeft = status === 206 ? MOST_PARTS : 0
  const readAt = async (position: number, wanted: number): Promise<Buffer> => {
    const bytes = Math.min(wanted, MOST_PART_BYTES)
    if (position + bytes <= head.length) return head.subarray(position, position + bytes)
    if (partsLeft <= 0) return Buffer.alloc(0)
    partsLeft -= 1
    const answer = await readPart(outbound, url, reach, position, bytes)
    return 'kind' in answer || answer.status !== 206 ? Buffer.alloc(0) : answer.bytes
  }
  const { format, ...facts } = (await inspectMedia(head, sizeBytes ?? head.length, readAt)) ?? { format: undefined }
  return { kind: 'found', format, sizeBytes, mediaType: mediaTypeOf(headers['content-type']), ...facts }
}

async function readPart(
  outbound: Outbound,
  url: string,
  reach: Reach,
  position: number,
  sizeBytes: number,
): Promise<Part | (ProbedMedia & { kind: 'unreachable' })> {
  if (reach === 'public' && !url.startsWith('https:')) return unreachable('HTTPS is required', true)
  let answer: OutboundStream
  try {
    answer = await outbound.download({
      url,
      headers: { range: `bytes=${position}-${position + sizeBytes - 1}` },
      answerTimeoutMs: ANSWER_TIMEOUT_MS,
      idleTimeoutMs: ANSWER_TIMEOUT_MS,
      timeoutMs: TIMEOUT_MS,
      reach,
      mostBytes: Number.POSITIVE_INFINITY, // it is left after the part
    })
    const { status, headers } = answer
    if (status !== 200 && status !== 206) {
      answer.discard()
      return unreachable(STATUS_CODES[status] ?? String(status), status < 500 && !RETRIED_STATUSES.has(status))
    }
    return { status, headers, bytes: await firstBytes(answer, sizeBytes) }
  } catch (error) {
    if (error instanceof DownloadError) return unreachable(error.message, false)
    if (!(error instanceof OutboundError)) throw error
    const isLasting = error.code === 'bad_url' || error.code === 'address_denied' || LASTING.test(error.message)
    return unreachable(error.code === 'address_denied' ? 'not a public address' : error.message, isLasting)
  }
}

const unreachable = (reason: string, lasting: boolean) => ({ kind: 'unreachable', reason, lasting }) as const

async function firstBytes(answer: OutboundStream, sizeBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer.body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= sizeBytes) break
  }
  answer.discard()
  return Buffer.concat(chunks).subarray(0, sizeBytes)
}

/** Of the whole, as far as the server tells. */
function sizeOf({ status, headers }: Part): number | undefined {
  const text = status === 206 ? /\/(\d+)$/.exec(String(headers['content-range']))?.[1] : headers['content-length']
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function mediaTypeOf(header: string | string[] | undefined): string | undefined {
  const [type = ''] = String(header ?? '').split(';')
  return type.trim() === '' ? undefined : type.trim().toLowerCase()
}
