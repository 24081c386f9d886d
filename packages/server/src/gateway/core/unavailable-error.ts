/** What was asked for cannot be had now, and perhaps soon; whether a change was made is not known. */
export class UnavailableError extends Error {
  override name = 'UnavailableError'
  readonly code: string = 'unavailable'
}
