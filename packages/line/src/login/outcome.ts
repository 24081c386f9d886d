// How every step of the core ends: with a value, or with a failure that says of which kind it is.

/** What went wrong, in one word that stays the same between versions. */
export type LineFailureCode =
  /** The user denied. */
  | 'cancelled'
  /** LINE answered with an error. */
  | 'server_error'
  /** No answer came. */
  | 'network_error'
  /** LINE's answer is none that was agreed on. */
  | 'bad_answer'
  | 'not_logged_in'
  | 'no_refresh_token'
  /** A return from LINE while no login is under way. */
  | 'no_login_under_way'
  /** A return that belongs to another login: nothing was taken from it. */
  | 'state_mismatch'
  /** The id token is not LINE's, not for this channel, or not of this login. */
  | 'bad_id_token'
  /** Neither the LINE app nor a browser could be opened. */
  | 'cannot_open'
  /** The application's `exchange` or storage threw. */
  | 'application_error'

export interface Failure {
  readonly kind: 'server' | 'network' | 'cancel' | 'internal'
  readonly code: LineFailureCode
  /** 0 where no answer came. */
  readonly httpStatus: number
  readonly message: string
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly httpStatus: number }
  | { readonly ok: false; readonly failure: Failure }

export const success = <T>(value: T, httpStatus = 200): Outcome<T> => ({ ok: true, value, httpStatus })

export const failed = (
  kind: Failure['kind'],
  code: LineFailureCode,
  message: string,
  httpStatus = 0,
): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure: { kind, code, httpStatus, message } })
