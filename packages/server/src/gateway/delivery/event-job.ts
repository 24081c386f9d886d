// A channel's event as a job: one order per account and person.

import { newUuid } from '../../kit/ids.ts'
import type { AppId, ConnectorAccountId } from '../core/ids.ts'
import { gateOf, type NewJob } from '../core/jobs.ts'
import type { StoredJob } from '../store/port.ts'

export interface LineEventRow {
  appId: AppId
  lineChannelId: ConnectorAccountId
  /** Who it is about: events about one person are worked off in order. */
  about: string
  dedupeKey: string
  destination: string
  /** The JSON of one event as it came. */
  event: string
  receivedAtMs: number
}

export type StoredEvent = Pick<LineEventRow, 'lineChannelId' | 'destination' | 'event' | 'receivedAtMs'>

export interface LineEvents {
  /** Resolves once the event is on disk. `full`: too many are waiting, nothing is stored. */
  store(row: LineEventRow): Promise<'stored' | 'duplicate' | 'full'>
}

export function eventJob({ appId, lineChannelId, about, destination, event, receivedAtMs }: LineEventRow): NewJob {
  const stored: StoredEvent = { lineChannelId, destination, event, receivedAtMs }
  return {
    appId,
    queue: 'inbound',
    lane: `${lineChannelId}/${about}`,
    gate: gateOf(lineChannelId),
    jobId: newUuid(receivedAtMs),
    retryKey: undefined,
    coalesceHash: undefined,
    body: JSON.stringify(stored),
  }
}

export const readEvent = ({ body }: StoredJob): StoredEvent => JSON.parse(body) as StoredEvent // written above
