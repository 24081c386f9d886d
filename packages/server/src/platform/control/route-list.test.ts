import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startTestPlatform } from '../testing/start-test-platform.ts'
import type { ControlRoute } from './route-list.ts'

const PAGE = new URL('../../../../../docs/control-api.md', import.meta.url)

it('the control API has the routes that its page describes, and no others', async () => {
  const platform = await startTestPlatform()
  const { body } = await platform.control<{ routes: ControlRoute[] }>('GET', '')
  await platform.close()
  const described = [...readFileSync(PAGE, 'utf8').matchAll(/^\| ([A-Z]+) \| `([^`]+)` \|/gm)]
  expect(described.map(([, method, path]) => `${method} ${path}`).sort()).toEqual(
    body.routes.map(({ method, path }) => `${method} ${path}`).sort(),
  )
})
