// The permissions of a token. LINE's scopes of today and the permission codes of 2017 name the same things.

/** LINE reference 2017, "LineCredential": P, the token can be used to get the user's profile information. */
const CODES: Readonly<Record<string, string>> = { profile: 'P' }

/** Each once, in LINE's order; a scope that 2017 had no code for keeps its name. */
export const permissionsOf = (scope: readonly string[]): string[] => [
  ...new Set(scope.map((word) => CODES[word] ?? word)),
]
