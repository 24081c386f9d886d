// What is worked off in lanes: sends to a channel, callbacks to customers, a channel's events. store/port.ts tells the
// rules of lanes; here is what whoever makes a job has to say of it.
import type { AppId } from './ids.ts'

export type QueueName = 'send' | 'callback' | 'inbound'

/** Owners of a lane that are no process. */
export const NOBODY = 0
export const IN_BATCH = -1
/** One statement takes no more rows than this. */
export const MOST_ROWS = 500

export interface NewJob {
  appId: AppId
  queue: QueueName
  lane: string
  /** See {@link gateOf}. */
  gate: string
  jobId: string
  /** Makes a repeat harmless. Without one, each attempt is marked before it is made. */
  retryKey: string | undefined
  /** Jobs of one gate with the same text may go out together; undefined: never. */
  coalesceHash: string | undefined
  body: string
}

/** A gate's name with its priority before it: urgent ones sort first and are claimed first. */
export const gateOf = (name: string, urgent = false): string => `${urgent ? 0 : 1}/${name}`
export const gateName = (gate: string): string => gate.slice(2)
