// 200 MB, into both kinds of storage, is `npm run soak -- gateway-large-file`.
import { expect, it } from 'vitest'
import { sendThroughGateway } from './large-file.ts'

const MB = 1024 * 1024

it('passes a video of 100 MB on without holding it in memory', async () => {
  const { isWhole, extraBytes } = await sendThroughGateway(100 * MB)
  expect(isWhole).toBe(true)
  expect(extraBytes).toBeLessThan(60 * MB)
}, 120_000)
