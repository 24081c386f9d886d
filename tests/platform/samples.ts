// The samples of the LINE reference of 2017, as its page carries them, and how they are held against what is produced.
import { readFileSync } from 'node:fs'
import type { Json } from './proof-world.ts'

export const SAMPLES_FOLDER = new URL('../fixtures/seeds/003/', import.meta.url)

/** @param path from the folder of the reference */
export function readSample(path: string): string {
  return readFileSync(new URL(path, SAMPLES_FOLDER), 'utf8')
}

export function readJsonSample(path: string): Json {
  const text = readSample(path)
  return JSON.parse(path.endsWith('-fragment') ? `{${text}}` : text)
}

/** What differs in shape: names that one of them lacks, and values of another type. Empty where they agree. */
export function shapeDifferences(sample: Json, produced: Json, at = '$'): string[] {
  const [wanted, found] = [kindOf(sample), kindOf(produced)]
  if (wanted !== found) return [`${at} is of type ${found} and not ${wanted}`]
  if (Array.isArray(sample) && Array.isArray(produced)) {
    if (produced.length !== sample.length) return [`${at} has ${produced.length} entries and not ${sample.length}`]
    return sample.flatMap((entry, i) => shapeDifferences(entry, produced[i] ?? null, `${at}[${i}]`))
  }
  if (!isObject(sample) || !isObject(produced)) return []
  const names = new Set([...Object.keys(sample), ...Object.keys(produced)])
  return [...names].flatMap((name) => {
    const [one, other] = [sample[name], produced[name]]
    if (one === undefined) return [`${at}.${name} is not in the sample`]
    return other === undefined ? [`${at}.${name} is missing`] : shapeDifferences(one, other, `${at}.${name}`)
  })
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
