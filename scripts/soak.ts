// `npm run soak`: what takes too long for every test run. All of it, or what is named as arguments, with `--seed N`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sendThroughGateway } from '../tests/gateway/large-file.ts'
import { fuzz } from '../tests/platform/fuzz/fuzz.ts'
import { startS3Server } from '../tests/testkit/s3-server.ts'

const REQUESTS = 100_000
const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))

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

  /** 10,000 random histories of the lanes on SQLite and 200 on PostgreSQL; every rule left out is looked for from the first. */
  async 'gateway-lanes'() {
    const env = { ...process.env, HATOBA_HISTORIES: '10000', HATOBA_POSTGRES_HISTORIES: '200' }
    const run = spawn(process.execPath, [VITEST, 'run', 'tests/gateway/lanes.test.ts'], { env, stdio: 'inherit' })
    const [code] = await once(run, 'exit')
    return code === 0
  },

  /** A video of 200 MB goes through with under 60 MB of extra memory. */
  async 'gateway-large-file'() {
    const MB = 1024 * 1024
    const s3 = await startS3Server()
    const mediaUrl = `s3://${s3.bucket}?endpoint=${s3.endpoint}`
    let passed = true
    for (const [name, more] of [
      ['folder', {}],
      ['S3', { mediaUrl, s3Credentials: s3.credentials }],
    ] as const) {
      const { isWhole, extraBytes } = await sendThroughGateway(200 * MB, more)
      process.stdout.write(`  ${name}: whole ${isWhole}, ${Math.round(extraBytes / MB)} MB of extra memory\n`)
      passed &&= isWhole && extraBytes < 60 * MB
    }
    await s3.close()
    return passed
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
