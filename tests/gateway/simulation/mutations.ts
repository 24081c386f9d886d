// Rules of the protocol, each left out once: by changing the text of a statement, or what a process knows.
import { completionAskedAgain, type Directed, heirOfASender, laterLifeOfALane } from './directed.ts'
import type { Mutation } from './engine.ts'
import type { Rules } from './process.ts'

export interface Mutant {
  name: string
  /** The number of a history that misses the rule; where the scheduler changed, another one soon after. */
  seenIn?: number
  /** Too rare for random histories: this is where the rule decides. */
  directed?: Directed
  mutation?: Mutation
  rules?: Partial<Rules>
}

const FENCE = 'AND owner = ? AND lease = ?'

const replacing =
  (where: RegExp, from: string, to: string): Mutation =>
  (sql) =>
    where.test(sql) ? sql.replace(from, to) : sql

const anything = /./

export const MUTANTS: readonly Mutant[] = [
  { name: 'no fence', seenIn: 25, mutation: replacing(anything, FENCE, 'AND (owner = ? OR 1) AND (lease = ? OR 1)') },
  {
    name: 'a fence by owner only',
    directed: completionAskedAgain,
    mutation: replacing(anything, FENCE, 'AND owner = ? AND (lease = ? OR 1)'),
  },
  {
    name: 'no comparison of the tail',
    seenIn: 0,
    mutation: replacing(/^DELETE FROM lane/, 'AND tail = ?', 'AND (tail = ? OR 1)'),
  },
  {
    name: 'no taint',
    directed: heirOfASender,
    mutation: replacing(/^UPDATE lane SET taint/, 'CASE WHEN owner <> 0 THEN tail ELSE taint END', 'taint'),
  },
  {
    name: 'storing a job takes a lane that rests',
    seenIn: 1,
    mutation: replacing(
      /^INSERT INTO lane/,
      'SET tail = tail + 1',
      `SET tail = tail + 1, lease = CASE WHEN owner = 0 THEN excluded.lease ELSE lease END,
         owner = CASE WHEN owner = 0 THEN excluded.owner ELSE owner END`,
    ),
  },
  { name: 'waiting without a token', seenIn: 34, rules: { tokens: false } },
  {
    name: 'no fence around joining a batch',
    directed: laterLifeOfALane,
    mutation: replacing(/taint < \?$/, FENCE, 'AND (owner = ? OR 1) AND (lease = ? OR 1)'),
  },
  { name: 'no mark before an attempt without a key', seenIn: 4, rules: { marks: false } },
  { name: 'no trust in time of the last beat', seenIn: 0, rules: { selfFence: false } },
]
