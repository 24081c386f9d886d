// How often in a row a channel was too fast for LINE. Many attempts under way at once are told so together: that is one
// strike, or a single burst would look like a long siege.
import type { ConnectorAccountId } from '../core/ids.ts'
import { sendPauseMs } from './back-off.ts'

export class Strikes {
  readonly #counts = new Map<ConnectorAccountId, number>()

  /** To be asked when an attempt begins. */
  seen(accountId: ConnectorAccountId): number {
    return this.#counts.get(accountId) ?? 0
  }

  /** @param seen what was seen when the attempt began */
  pauseMs(accountId: ConnectorAccountId, seen: number): number {
    const count = Math.max(this.seen(accountId), seen + 1)
    this.#counts.set(accountId, count)
    return sendPauseMs(count)
  }

  /** @param seen an attempt that began before the last strike tells nothing of what came after it */
  clear(accountId: ConnectorAccountId, seen: number): void {
    if (this.seen(accountId) === seen) this.#counts.delete(accountId)
  }
}
