import { UnavailableError } from '../core/unavailable-error.ts'

export type StoreErrorCode =
  | 'folder_in_use'
  | 'newer_schema'
  | 'foreign_schema'
  | 'wrong_master_key'
  | 'unreachable'
  | 'old_server'

/** The store cannot be opened; the message tells an operator what to do. */
export class StoreError extends Error {
  override name = 'StoreError'
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** A statement got no answer: whether it was done is not known, and it may still be done later. */
export class StoreInDoubtError extends UnavailableError {
  override name = 'StoreInDoubtError'
  override readonly code = 'store_in_doubt'
}
