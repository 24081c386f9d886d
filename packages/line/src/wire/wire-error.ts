// The body of LINE's error answers, and the outcome of a check.

/** One thing that is wrong; either part may be missing. */
export interface WireErrorDetail {
  message?: string
  property?: string
}

// LINE reference, "Error responses": `details` is left out when there is none.
export interface WireError {
  message: string
  details?: WireErrorDetail[]
}

/** `notes` are remarks that do not stop the request, for example an `http` URL that only a local channel may use. */
export type Checked<T> =
  | { ok: true; value: T; notes: readonly string[] }
  | { ok: false; status: 400 | 413 | 415; error: WireError }

const NO_NOTES: readonly string[] = []

export function accepted<T>(value: T, notes: readonly string[] = NO_NOTES): Checked<T> {
  return { ok: true, value, notes }
}

export function refused(status: 400 | 413 | 415, message: string, details: WireErrorDetail[] = []): Checked<never> {
  return { ok: false, status, error: details.length === 0 ? { message } : { message, details } }
}
