export type StoreErrorCode = 'folder_in_use' | 'newer_schema' | 'foreign_schema' | 'wrong_master_key'

/** The store cannot be opened; the message tells an operator what to do. */
export class StoreError extends Error {
  override name = 'StoreError'
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
