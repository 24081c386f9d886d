// Finds what tests say they prove, by reading their sources: to know whether a run was a whole one, and to tell at once
// that the page is stale. Only a run says that it is true.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

interface EffectClaim {
  route: string
  by: string
  file: string
}

/** They make claims up. */
const ITS_OWN_TESTS = new Set(['tests/coverage.test.ts', 'tests/testkit/proves-effect.test.ts'])

export interface ClaimsRead {
  claims: EffectClaim[]
  problems: string[]
}

export function readClaims(root: string): ClaimsRead {
  const read: ClaimsRead = { claims: [], problems: [] }
  for (const folder of ['packages', 'tests', 'examples']) {
    for (const path of filesBelow(join(root, folder))) {
      const file = relative(root, path).replaceAll('\\', '/')
      if (!/\.test\.tsx?$/.test(file) || ITS_OWN_TESTS.has(file)) continue
      const { claims, problems } = claimsIn(file, readFileSync(path, 'utf8'))
      read.claims.push(...claims)
      read.problems.push(...problems)
    }
  }
  return read
}

export function claimsIn(file: string, source: string): ClaimsRead {
  const read: ClaimsRead = { claims: [], problems: [] }
  for (const [call, given = ''] of source.matchAll(/\bprovesEffect\(([^)]*)\)/g)) {
    const [, route, by] = /^\s*'([^'\\]+)',\s*'([^'\\]+)',?\s*$/.exec(given) ?? []
    if (route === undefined || by === undefined)
      read.problems.push(`${file}: provesEffect() takes two routes in single quotes: ${call}`)
    else read.claims.push({ route, by, file })
  }
  return read
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}
