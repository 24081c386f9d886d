// A call that goes wrong because a fault rule says so: answered with another status, late, never, or not to the end.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PlatformCore } from '../core.ts'
import type { CallFault } from '../faults/fault-rule.ts'
import { type Answer, jsonAnswer } from './answers.ts'
import type { Operation } from './operation.ts'

/** No client waits longer for an answer that never comes. */
const LONGEST_SILENCE_MS = 120_000
const CUT_LENGTH = 0.5

/** What the call does if let, and how its answer gets out. */
export interface CallToSpoil {
  readonly perform: () => Answer | Promise<Answer>
  /** Writes the answer, and tells the timeline. */
  readonly finish: (answer: Answer) => void
  /** Tells the timeline alone. */
  readonly tell: (answer: Answer) => void
}

/** The fault that this call meets, told on the timeline; undefined where none does. */
export function faultOfCall(operation: Operation, request: FastifyRequest, core: PlatformCore): CallFault | undefined {
  const { faults, timeline, clock } = core
  if (faults.none) return undefined
  const { channel, entryId } = request.lineCall ?? {}
  const fired = faults.ofCall({
    operation: operation.name,
    channelId: channel?.channelId,
    userIds: () => usersOfCall(request, core),
  })
  if (fired === undefined) return undefined
  timeline.add(
    {
      kind: 'fault',
      atMs: clock.now(),
      ...(entryId !== undefined && { causeId: entryId }),
      ruleId: fired.ruleId,
      fault: fired.fault.kind,
      operation: operation.name,
      ...(channel !== undefined && { channelId: channel.channelId }),
    },
    0,
  )
  return fired.fault
}

export async function spoil(
  fault: CallFault,
  call: CallToSpoil,
  reply: FastifyReply,
  { waits }: PlatformCore,
): Promise<void> {
  switch (fault.kind) {
    case 'status': {
      if (fault.delayMs !== undefined) await waits.wait(fault.delayMs)
      call.finish(jsonAnswer(fault.status, bodyOf(fault.body)))
      return
    }
    case 'delay': {
      const answer = await call.perform()
      await waits.wait(fault.delayMs)
      call.finish(answer)
      return
    }
    case 'reset':
      reply.hijack()
      reply.raw.socket?.resetAndDestroy()
      return
    case 'half-body': {
      const answer = await call.perform()
      call.tell(answer)
      reply.hijack()
      const whole = Buffer.from(answer.body === '' ? ' ' : answer.body)
      reply.raw.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': whole.length })
      reply.raw.write(whole.subarray(0, Math.floor(whole.length * CUT_LENGTH)), () => reply.raw.destroy())
      return
    }
    case 'accepted-then-timeout': {
      call.tell(await call.perform())
      reply.hijack()
      const gone = new Promise((resolve) => reply.raw.once('close', resolve))
      await Promise.race([gone, waits.wait(LONGEST_SILENCE_MS)])
      reply.raw.destroy()
      return
    }
    default:
      fault satisfies never
  }
}

/** The body of a rule as it is; LINE's own form where it is none. */
function bodyOf(body: unknown): object {
  if (typeof body === 'object' && body !== null) return body
  return { message: typeof body === 'string' ? body : 'Internal server error' }
}

/** Whom the call names: in its path, as recipients, or by the reply token that one's event brought. */
function usersOfCall(request: FastifyRequest, { replyTokens }: PlatformCore): string[] {
  const { userId } = request.params as { userId?: string } // the router's own
  const users = userId === undefined ? [] : [userId]
  if (typeof request.body !== 'string' || request.body === '') return users
  const { to, replyToken } = readBody(request.body)
  if (typeof to === 'string') users.push(to)
  if (Array.isArray(to)) users.push(...to.filter((one): one is string => typeof one === 'string'))
  const channelId = request.lineCall?.channel?.channelId
  if (typeof replyToken === 'string' && channelId !== undefined) {
    const chat = replyTokens.find(replyToken, channelId)?.chat
    if (chat?.kind === 'user') users.push(chat.userId)
  }
  return users
}

/** Whatever is no JSON object names nobody: its operation says what is wrong with it. */
function readBody(text: string): { to?: unknown; replyToken?: unknown } {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}
