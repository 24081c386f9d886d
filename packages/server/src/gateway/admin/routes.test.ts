import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ADMIN_ROUTES } from './routes.ts'

const PAGE = new URL('../../../../../docs/admin-api.md', import.meta.url)

it('are all in docs/admin-api.md, and nothing else is', () => {
  const rows = [...readFileSync(PAGE, 'utf8').matchAll(/^\| (GET|POST|PATCH|DELETE) \| `([^`]+)` \| .+ \|$/gm)]
  const documented = rows.map(([, method, path]) => `${method} ${path}`)
  expect(documented).toEqual(ADMIN_ROUTES.map(({ method, path }) => `${method} ${path}`))
})
