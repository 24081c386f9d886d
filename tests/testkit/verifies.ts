// Says which promises a test proves. The gate (tests/requirements.test.ts) reads these calls as text, so an id is
// written out in single quotes; at run time a call costs nothing.

type RequirementId = `${'line' | 'sinch' | '8x8' | 'login' | 'phone'}.${string}`

/** Put it first in an `it` or `describe`: `verifies('line.reply.token-used-once')`. */
export function verifies(..._ids: readonly [RequirementId, ...RequirementId[]]): void {}
