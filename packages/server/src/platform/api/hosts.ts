// Which operations live on which host. LINE reference, "Domain name": large data goes over api-data.line.me, everything
// else over api.line.me; in 2017 there was one host. Here one listener has all paths, and takes them under any name
// unless it is told to be strict.
import type { ApiProfile } from '@hatoba/line/wire'
import { type Answer, errorAnswer } from './answers.ts'
import type { Operation } from './operation.ts'

// LINE facts sheet, "Hosts"; unconfirmed: what the real hosts answer
const WRONG_HOST = errorAnswer(404, 'Not found')

/** A host is one for large data by its first label: api-data.line.me, api-data.localhost. */
const DATA_HOST = /^api-data(?:[.:]|$)/i

/** @param host the Host header */
export function refuseWrongHost(operation: Operation, host = '', profile: ApiProfile = 'current'): Answer | undefined {
  const wantsDataHost = operation.host === 'data' && profile === 'current'
  return DATA_HOST.test(host) === wantsDataHost ? undefined : WRONG_HOST
}
