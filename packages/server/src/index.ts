// What programs may use of the published package: starting a stack in their own process, for tests and tools.
export { type Config, type ConfigResult, readConfig, SETTINGS } from './config.ts'
export type { Demo } from './demo.ts'
export { type DemoDescription, describeDemo } from './demo-description.ts'
export { AdjustableClock } from './kit/clock.ts'
export { createLog, type Logger } from './kit/log.ts'
export { type Stack, type StackOptions, startStack } from './stack.ts'
