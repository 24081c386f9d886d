// Random histories of the production scheduler over the production statements, on a clock of their own. `npm test` runs
// some of them, `npm run soak` 10,000 on SQLite and 200 on PostgreSQL. Every rule of the protocol is also left out once,
// and its absence has to be noticed.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testkit/postgres.ts'
import { type Engine, postgresEngine, sqliteEngine } from './simulation/engine.ts'
import { MUTANTS } from './simulation/mutations.ts'
import { killAndWait, type Plan, simulate } from './simulation/simulate.ts'
import { World } from './simulation/world.ts'

const onSqlite = Number(process.env.HATOBA_HISTORIES ?? 100)
const onPostgres = Number(process.env.HATOBA_POSTGRES_HISTORIES ?? 1)
/** A mutant is looked for from its known history on; in the soak from the first one. */
const fromTheFirst = process.env.HATOBA_HISTORIES !== undefined
const MOST_PER_MUTANT = 5000
const ALL_RULES = { tokens: true, marks: true, selfFence: true }
const HOURS_MS = 3_600_000

const seedOf = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const planOf: fc.Arbitrary<Plan> = fc.record({
  messages: fc.integer({ min: 20, max: 80 }),
  lanes: fc.integer({ min: 1, max: 12 }),
  payloads: fc.integer({ min: 1, max: 4 }),
  mostTogether: fc.constantFrom(1, 3, 8),
  jobsInMemory: fc.constantFrom(6, 12, 100),
  kills: fc.nat(4),
  pauses: fc.nat(3),
})

async function runMany(histories: number, name: string, open: (world: World) => Promise<Engine>): Promise<void> {
  let [messages, repeats] = [0, 0]
  await fc.assert(
    fc.asyncProperty(seedOf, planOf, async (seed, plan) => {
      const world = new World(seed)
      const engine = await open(world)
      const outcome = await simulate(world, engine, plan, ALL_RULES)
      await engine.close()
      messages += outcome.messages
      repeats += outcome.repeats
      expect(outcome.violations).toEqual([])
    }),
    { numRuns: histories },
  )
  if (fromTheFirst)
    process.stdout.write(
      `${name}: ${histories} histories, ${messages} messages answered, ${repeats} repeats of a key\n`,
    )
}

describe('lanes lose nothing, double nothing and keep the order', () => {
  it(`in ${onSqlite} random histories on SQLite`, { timeout: HOURS_MS }, () =>
    runMany(onSqlite, 'SQLite', async (world) => sqliteEngine(world)),
  )

  describe('on PostgreSQL', () => {
    let database: TestDatabase
    let postgres: Awaited<ReturnType<typeof postgresEngine>>
    beforeAll(async () => {
      database = await createTestDatabase()
      postgres = await postgresEngine(database.url)
    })
    afterAll(async () => {
      await postgres?.close()
      await database?.drop()
    })

    it(`in ${onPostgres} random histories`, { timeout: HOURS_MS }, () =>
      runMany(onPostgres, 'PostgreSQL', (world) => postgres.of(world)),
    )
  })
})

describe('the checks notice', () => {
  it.each(MUTANTS)('$name', { timeout: HOURS_MS }, async ({ name, seenIn = 0, directed, mutation, rules }) => {
    if (directed !== undefined) {
      const broken = (engine: Engine) => directed(engine.statements)
      expect(await broken(sqliteEngine(new World(1)))).toBe(false)
      expect(await broken(sqliteEngine(new World(1), mutation))).toBe(true)
      return
    }
    const first = fromTheFirst ? 0 : seenIn
    let found: string[] = []
    let history = first
    for (; found.length === 0 && history < first + MOST_PER_MUTANT; history++) {
      const [plan] = fc.sample(planOf, { seed: history, numRuns: 1 })
      if (plan === undefined) throw new Error('no sample')
      const world = new World(history)
      const engine = sqliteEngine(world, mutation)
      found = (await simulate(world, engine, plan, { ...ALL_RULES, ...rules })).violations
      await engine.close()
    }
    if (fromTheFirst) process.stdout.write(`${name}: noticed in history ${history - 1}: ${found[0]}\n`)
    expect(found).not.toEqual([])
  })
})

describe('a lane whose process was killed', () => {
  it('is taken over within 10 s and a beat, whatever it was doing', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const world = new World(seed)
      world.trouble = false
      const engine = sqliteEngine(world)
      const delays = await killAndWait(world, engine)
      await engine.close()
      expect(delays.length).toBeGreaterThan(0)
      expect(Math.max(...delays)).toBeLessThan(10_000 + 2000 + 250 + 100)
    }
  })
})
