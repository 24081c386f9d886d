// Structured logs on stderr: stdout belongs to what a program may want to read (`--json`).
// Secrets and message text never reach a log: log ids, sizes and codes.
import { type Logger, pino } from 'pino'

export type { Logger }

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'

export function createLog(level: LogLevel, name: string): Logger {
  return pino({ level, name, base: { name } }, pino.destination({ dest: 2, sync: true }))
}
