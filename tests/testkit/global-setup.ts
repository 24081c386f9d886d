// Once before all tests: the browser is unpacked here, so that no test's own time goes into it and no two workers do it at
// once. Where none is found only the tests that need one fail, and say so.
import { findBrowser } from './browser.ts'

export async function setup(): Promise<void> {
  await findBrowser().catch(() => undefined) // whoever launches it gets the error
}
