// What is counted of attempts, for whoever keeps the figures.
import type { ConnectorAccountId } from '../core/ids.ts'
import type { SendAnswer, SendWay } from '../core/ports.ts'

export interface SendFigures {
  sendAttempted(facts: {
    accountId: ConnectorAccountId
    way: SendWay['kind']
    outcome: SendAnswer['kind']
    recipients: number
  }): void
}

export interface CallbackFigures {
  callbackAttempted(outcome: 'delivered' | 'failed' | 'dead'): void
}
