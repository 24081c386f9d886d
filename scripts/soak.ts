// `npm run soak`: what takes too long for every test run. All of it, or what is named as arguments, with `--seed N`.
import { parseArgs } from 'node:util'
import { fuzz } from '../tests/platform/fuzz/fuzz.ts'

const REQUESTS = 100_000

const SOAKS: Record<string, (seed: number) => Promise<boolean>> = {
  async 'platform-fuzz'(seed) {
    const { statuses, faults } = await fuzz(seed, REQUESTS, (done) =>
      process.stderr.write(`  ${done} of ${REQUESTS}\n`),
    )
    process.stdout.write(`  answers by status: ${JSON.stringify(statuses)}\n`)
    for (const { number, what, request } of faults)
      process.stdout.write(`  request ${number}: ${what}\n    ${JSON.stringify(request)}\n`)
    return faults.length === 0
  },
}

const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true })
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
for (const [name, soak] of Object.entries(SOAKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  process.stdout.write(`${name} --seed ${seed}\n`)
  const passed = await soak(seed)
  process.stdout.write(`  ${passed ? 'passed' : 'FAILED'}\n`)
  if (!passed) process.exitCode = 1
}
