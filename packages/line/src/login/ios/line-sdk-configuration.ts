import type { LineContext } from '../context.ts'
import { sessionOf } from '../session.ts'
import { LineSDKAccessToken } from './line-sdk-access-token.ts'

/**
 * The settings that the SDK needs. iOS reads them from the section LineSDKConfig of the application's Info.plist;
 * here they are given.
 *
 * Source: LINE reference 2017, "LineSDKConfiguration".
 */
export class LineSDKConfiguration {
  /**
   * The id of the channel that the application uses.
   *
   * Source: LINE reference 2017, "LineSDKConfiguration": channelID.
   */
  readonly channelID: string
  /** What the application says of itself and of where it runs. */
  readonly context: LineContext

  constructor({ channelID, context }: { channelID: string | number; context: LineContext }) {
    this.channelID = String(channelID)
    this.context = context
  }

  /**
   * The access token that the SDK stores; null where there is none.
   *
   * Source: LINE reference 2017, "LineSDKConfiguration": currentAccessToken.
   */
  currentAccessToken(): LineSDKAccessToken | null {
    const session = sessionOf(this.context, this.channelID)
    const token = session.current()
    return token === undefined ? null : new LineSDKAccessToken(token, () => session.now())
  }
}
