// Finds what tests cite, by reading their sources as text: so the gate holds in any run, of one file or of all.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface Citation {
  id: string
  file: string
}

export interface CitationsRead {
  citations: Citation[]
  problems: string[]
}

/** Test files and contract suites (`x-contract.ts`, which test files run); the gate's own made-up sources are not. */
const citing = /(\.test\.tsx?|-contract\.ts)$/
const gateItself = /^tests[\\/]requirements\b/

export function readCitations(root: string): CitationsRead {
  const read: CitationsRead = { citations: [], problems: [] }
  for (const folder of ['packages', 'tests', 'examples']) {
    for (const file of filesBelow(join(root, folder))) {
      const name = relative(root, file)
      if (!citing.test(name) || gateItself.test(name)) continue
      const { citations, problems } = citationsIn(name, readFileSync(file, 'utf8'))
      read.citations.push(...citations)
      read.problems.push(...problems)
    }
  }
  return read
}

export function citationsIn(file: string, source: string): CitationsRead {
  const text = withoutComments(source)
  const read: CitationsRead = { citations: [], problems: [] }
  for (const [, idsText = ''] of text.matchAll(/\bverifies\(([^)]*)\)/g)) {
    const ids = [...idsText.matchAll(/'([^'\\]+)'/g)].flatMap(([, id]) => (id === undefined ? [] : [id]))
    if (ids.length === 0 || /[^,\s]/.test(idsText.replaceAll(/'[^'\\]+'/g, ''))) {
      read.problems.push(`${file}: verifies() takes ids in single quotes and nothing else: verifies(${idsText.trim()})`)
    }
    read.citations.push(...ids.map((id) => ({ id, file })))
  }
  if (read.citations.length > 0 && /\b(it|test|describe)\.(skip|only|todo|fails)\b/.test(text)) {
    read.problems.push(`${file}: cites requirements, so it may not skip, single out or expect to fail any test`)
  }
  return read
}

/** Comments go, texts stay: a citation that is commented out does not count, one after `'//'` does. */
const withoutComments = (source: string): string =>
  source.replaceAll(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, text?: string) => text ?? '',
  )

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}
