import type { ApiProfile } from './limits.ts'
import { type Checked, refused } from './wire-error.ts'
import { summaries } from './wording.ts'

const JSON_TYPE = /^application\/json[ \t]*(?:;|$)/i

/** What LINE answers to a body that is not declared as JSON; undefined when it is. */
export function refuseContentType(header: string | undefined, profile: ApiProfile): Checked<never> | undefined {
  if (header !== undefined && JSON_TYPE.test(header)) return undefined
  // LINE reference 2017, "Status codes", has no 415. unconfirmed: what stands for a header that is missing.
  return refused(profile === '2017' ? 400 : 415, summaries.contentType(header ?? 'null'))
}
