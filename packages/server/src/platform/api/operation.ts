// The shape of an API operation. The table in operations.ts holds one for each that is emulated.
import type { LineChannel } from '../accounts/channels.ts'
import type { PlatformCore } from '../core.ts'
import type { Answer } from './answers.ts'

interface Call {
  readonly requestId: string
  /** The timeline's entry of this call: the cause of what it does. */
  readonly entryId: number
  /** From the path. */
  readonly params: Readonly<Record<string, string | undefined>>
  /** The body as it came. */
  readonly rawText: string
  /** The value of the URL's query, the first where the name stands twice. */
  query(name: string): string | undefined
  /** @param name in lower case */
  header(name: string): string | undefined
  /** Puts remarks on the call's entry of the timeline. */
  note(notes: readonly string[]): void
}

/** A call of a channel, which its token or its headers named. */
export interface ChannelCall extends Call {
  readonly channel: LineChannel
}

type OpenCall = Call

type Handle<C extends Call> = (call: C, core: PlatformCore) => Answer | Promise<Answer>

interface OperationBase {
  /** As in LINE's reference and OpenAPI. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Parameters as `:name`. */
  readonly path: string
  readonly body: 'none' | 'json' | 'form'
  /** `data`: it lives on the host for large data (api-data.line.me), and did not in 2017. */
  readonly host?: 'data'
  /** Takes X-Line-Retry-Key. Its handler answers at once, without waiting: two requests of one key must not overlap. */
  readonly retryKey?: true
}

export interface ChannelOperation extends OperationBase {
  /** `channel`: a channel access token as Bearer, or headers of id, secret and MID. */
  readonly auth: 'channel' | 'mission-sticker'
  readonly handle: Handle<ChannelCall>
}

export interface OpenOperation extends OperationBase {
  /** Credentials stand in the form, so neither request nor answer is kept in the timeline. */
  readonly auth: 'none'
  readonly handle: Handle<OpenCall>
}

export type Operation = ChannelOperation | OpenOperation
