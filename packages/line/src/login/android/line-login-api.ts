import type { LineContext } from '../context.ts'
import { LoginFlow, type LoginWay } from '../login-flow.ts'
import { sessionOf } from '../session.ts'
import { LineLoginResult } from './line-login-result.ts'

/** A login that can be started: the counterpart of the Intent that Android starts an activity with. */
export interface LineLoginIntent {
  /** Whether the LINE app may be used, where it is there. */
  readonly usesLineApp: boolean
  /**
   * Opens the LINE app or LINE's web page, and tells which. In a browser the web page takes the place of this one.
   *
   * @throws Error where neither could be opened
   */
  start(): Promise<LoginWay>
}

/**
 * Starts logins, and reads what they came to.
 *
 * Source: LINE reference 2017, "LineLoginApi".
 * @example
 * ```ts
 * await LineLoginApi.getLoginIntent(context, '1234567890').start()
 * // and on the page that LINE comes back to:
 * const result = await LineLoginApi.getLoginResultFromIntent(context, '1234567890', location.href)
 * if (result.isSuccess()) console.log(result.getLineProfile()?.getDisplayName())
 * ```
 */
export class LineLoginApi {
  private constructor() {}

  /**
   * A login that uses the LINE app where it is there, and the web page otherwise.
   *
   * Source: LINE reference 2017, "LineLoginApi": getLoginIntent().
   * @param channelId of the LINE Login channel
   */
  static getLoginIntent(context: LineContext, channelId: string | number): LineLoginIntent {
    return intentOf(context, channelId, 'app')
  }

  /**
   * A login that uses the web page only.
   *
   * Source: LINE reference 2017, "LineLoginApi": getLoginIntentWithoutLineAppAuth().
   * @param channelId of the LINE Login channel
   */
  static getLoginIntentWithoutLineAppAuth(context: LineContext, channelId: string | number): LineLoginIntent {
    return intentOf(context, channelId, 'web')
  }

  /**
   * What a login came to, from the address that LINE came back to. The name is that of LINE's later SDK for Android.
   *
   * @param returnUrl the whole address, with its query
   */
  static async getLoginResultFromIntent(
    context: LineContext,
    channelId: string | number,
    returnUrl: string,
  ): Promise<LineLoginResult> {
    const session = sessionOf(context, String(channelId))
    return LineLoginResult.of(await new LoginFlow(session).finish(returnUrl), () => session.now())
  }
}

function intentOf(context: LineContext, channelId: string | number, way: LoginWay): LineLoginIntent {
  return {
    usesLineApp: way === 'app',
    async start() {
      const started = await new LoginFlow(sessionOf(context, String(channelId))).start(way)
      if (!started.ok) throw new Error(started.failure.message)
      return started.value
    },
  }
}
