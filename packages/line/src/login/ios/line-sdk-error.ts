import type { Failure, LineFailureCode } from '../outcome.ts'

/** What completions and the delegate are given where iOS gives an NSError. */
export class LineSDKError extends Error {
  override name = 'LineSDKError'
  /** What went wrong, in one word. */
  readonly code: LineFailureCode
  /** 0 where LINE did not answer. */
  readonly httpStatus: number

  constructor({ code, httpStatus, message }: Failure) {
    super(message)
    this.code = code
    this.httpStatus = httpStatus
  }
}
