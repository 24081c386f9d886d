// Fault rules with a name: what goes wrong with bots in real life, ready to be switched on.
import type { FaultRule } from './fault-rule.ts'

interface FaultPreset {
  readonly meaning: string
  readonly rules: readonly FaultRule[]
}

const QUOTA_REACHED = { message: 'You have reached your monthly limit.' }
const TOO_MANY_CALLS = { message: 'The API rate limit has been exceeded. Try again later.' }

export const FAULT_PRESETS = {
  'every-third-call-500': {
    meaning: 'every third call of the API answers 500',
    rules: [
      { on: 'call', every: 3, fault: { kind: 'status', status: 500, body: { message: 'Internal server error' } } },
    ],
  },
  'slow-api': {
    meaning: 'every answer of the API comes 3 seconds late',
    rules: [{ on: 'call', fault: { kind: 'delay', delayMs: 3000 } }],
  },
  'flaky-network': {
    meaning: 'one call in ten finds its connection reset, one in ten breaks within the answer',
    rules: [
      { on: 'call', probability: 0.1, fault: { kind: 'reset' } },
      { on: 'call', probability: 0.1, fault: { kind: 'half-body' } },
    ],
  },
  'lost-answers': {
    meaning: 'every third push is taken, but its answer never comes: does the bot repeat it with its retry key?',
    rules: [{ on: 'call', operation: 'pushMessage', every: 3, fault: { kind: 'accepted-then-timeout' } }],
  },
  'rate-limited': {
    meaning: 'every second call is one too many: 429',
    rules: [{ on: 'call', every: 2, fault: { kind: 'status', status: 429, body: TOO_MANY_CALLS } }],
  },
  'quota-used-up': {
    meaning: 'the messages of this month are used up: 429 for all that counts',
    rules: (['pushMessage', 'multicast', 'broadcast', 'narrowcast'] as const).map((operation) => ({
      on: 'call' as const,
      operation,
      fault: { kind: 'status' as const, status: 429, body: QUOTA_REACHED },
    })),
  },
  'late-replies': {
    meaning: 'the bot was too slow: its reply tokens are refused',
    rules: [
      {
        on: 'call',
        operation: 'replyMessage',
        fault: { kind: 'status', status: 400, body: { message: 'Invalid reply token' } },
      },
    ],
  },
  'duplicate-webhooks': {
    meaning: 'every webhook comes twice',
    rules: [{ on: 'webhook', fault: { kind: 'duplicate' } }],
  },
  'shuffled-webhooks': {
    meaning: 'every second webhook is overtaken by the next one',
    rules: [{ on: 'webhook', every: 2, fault: { kind: 'out-of-order' } }],
  },
  'late-webhooks': {
    meaning: 'every webhook comes 3 seconds late',
    rules: [{ on: 'webhook', fault: { kind: 'delay', delayMs: 3000 } }],
  },
} as const satisfies Record<string, FaultPreset>

export type FaultPresetName = keyof typeof FAULT_PRESETS

export const FAULT_PRESET_NAMES = Object.keys(FAULT_PRESETS) as FaultPresetName[] // a record's own keys
