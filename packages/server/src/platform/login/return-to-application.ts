// How a login goes back to the application: to its registered address, with a code or an error.
import type { AuthorizeError, ReturnAddress } from './authorize-request.ts'

/** What denies a login. LINE facts sheet, "LINE Login v2.1 authorize", "LINE Login v2.0" */
export const DENIED = { error: 'ACCESS_DENIED', description: 'The resource owner denied the request.' } as const

export function errorParameters(back: ReturnAddress, error: AuthorizeError, description: string): URLSearchParams {
  const fields = new URLSearchParams()
  if (back.version === 'v2') {
    const denied = error === 'ACCESS_DENIED'
    fields.set('error', error.toLowerCase())
    fields.set('error_description', denied ? 'The user has denied the approval' : description)
    fields.set('errorCode', denied ? '417' : '400')
    fields.set('errorMessage', denied ? 'DISALLOWED' : error)
  } else {
    fields.set('error', error)
    fields.set('error_description', description)
  }
  if (back.state !== undefined) fields.set('state', back.state)
  return fields
}

/** The registered address with what the application gets, behind the query that it has already. */
export function addressWith(redirectUri: string, fields: URLSearchParams): string {
  const url = new URL(redirectUri)
  for (const [name, value] of fields) url.searchParams.append(name, value)
  return url.href
}
