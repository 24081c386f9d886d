// The page docs/coverage.md as the records of a test run say it.
import type { LineOperation } from '../../packages/server/src/platform/api/line-operations.ts'
import type { EffectRecord } from './effect-records.ts'
import type { SeedOperation } from './seed-operations.ts'

/** A proof, or what a source claims: the page is the same. */
export type Proof = Pick<EffectRecord, 'route' | 'by' | 'file'>

export interface CoverageParts {
  seedOperations: readonly SeedOperation[]
  lineOperations: readonly LineOperation[]
  /** Those that are emulated, those of neither list among them. */
  emulated: readonly { name: string; route: string }[]
  proofs: readonly Proof[]
}

export function coveragePage({ seedOperations, lineOperations, emulated, proofs }: CoverageParts): string {
  const byRoute = Map.groupBy(proofs, ({ route }) => route)
  const isEmulated = new Set(emulated.map(({ route }) => route))
  const known = new Set(lineOperations.map(({ method, path }) => `${method} ${path}`))
  const others = emulated.filter(({ route }) => !known.has(route))
  const stateOf = (route: string): string => {
    const found = byRoute.get(route)
    if (found !== undefined) return `supported | ${proofsOf(found)}`
    return isEmulated.has(route) ? 'not proven |' : 'not emulated |'
  }
  const supported = lineOperations.filter(({ method, path }) => byRoute.has(`${method} ${path}`)).length
  const social = 'comes with the login issue |'
  return [
    '# Coverage',
    '',
    "Every operation of LINE's API, and whether the platform has it. **Supported** means that the last test run proved",
    'it: a test called the operation over HTTP and saw its effect by another call, which is named here with the file of',
    'the test. What is **not emulated** answers 404 with an error that says so. The page is printed by',
    '`scripts/coverage.ts` from the records of a run of all tests (`npm test`); do not edit it by hand.',
    '',
    `Of the ${lineOperations.length} operations of LINE's OpenAPI description ${supported} are supported.`,
    '',
    '## Operations of the documents that Hatoba was asked for',
    '',
    '| document | operation | route | state | effect seen by |',
    '|---|---|---|---|---|',
    ...seedOperations.map(({ document, title, route, when, social: isSocial }) => {
      const shown = `\`${route}\`${when === undefined ? '' : `, ${when}`}`
      return `| ${document} | ${title} | ${shown} | ${isSocial ? social : stateOf(route)} |`
    }),
    ...[...Map.groupBy(lineOperations, ({ part }) => part)].flatMap(([part, operations]) => [
      '',
      `## OpenAPI: ${part}`,
      '',
      '| operation | route | state | effect seen by |',
      '|---|---|---|---|',
      ...operations.map(({ name, method, path }) => {
        const route = `${method} ${path}`
        return `| ${name} | \`${route}\` | ${stateOf(route)} |`
      }),
    ]),
    '',
    '## Operations that are in LINE documents only',
    '',
    '| operation | route | state | effect seen by |',
    '|---|---|---|---|',
    ...others.map(({ name, route }) => `| ${name} | \`${route}\` | ${stateOf(route)} |`),
    '',
  ].join('\n')
}

/** Each call that showed the effect, with the files that have such a test; in an order that no run changes. */
function proofsOf(proofs: readonly Proof[]): string {
  return [...Map.groupBy(proofs, ({ by }) => by)]
    .map(([by, found]) => {
      const files = [...new Set(found.map(({ file }) => file))].sort()
      const call = by.includes(' /') ? `\`${by}\`` : by
      return `${call} (${files.map((file) => `[${nameOf(file)}](../${file})`).join(', ')})`
    })
    .sort()
    .join('; ')
}

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1)
