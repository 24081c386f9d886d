// Reads what a source file imports: static and dynamic imports, re-exports and imports of types, as text.

export interface ImportLine {
  specifier: string
  typesOnly: boolean
}

export interface ImportsRead {
  imports: ImportLine[]
  /** Dynamic imports whose target is computed, so that no table can hold them. */
  computed: string[]
}

const text = `(?:'([^'\\n]+)'|"([^"\\n]+)")`
const fromLine = new RegExp(`^(?:import|export)\\b([^'"\`;]*?)\\bfrom\\s*${text}`, 'gm')
const bareLine = new RegExp(`^import\\s*${text}`, 'gm')
const dynamicCall = /\bimport\s*\(\s*([^)]*)/g

export function readImports(source: string): ImportsRead {
  const code = withoutComments(source)
  const imports: ImportLine[] = []
  const computed: string[] = []
  for (const [, clause = '', single, double] of code.matchAll(fromLine)) {
    imports.push({ specifier: single ?? double ?? '', typesOnly: isTypesOnly(clause) })
  }
  for (const [, single, double] of code.matchAll(bareLine)) {
    imports.push({ specifier: single ?? double ?? '', typesOnly: false })
  }
  for (const [, argument = ''] of code.matchAll(dynamicCall)) {
    const literal = /^(['"`])([^'"`$]+)\1/.exec(argument)?.[2]
    if (literal === undefined) computed.push(argument.trim())
    else imports.push({ specifier: literal, typesOnly: false })
  }
  return { imports, computed }
}

/** `type { A }`, or braces in which every name is marked as a type. */
function isTypesOnly(clause: string): boolean {
  const trimmed = clause.trim()
  if (/^type\b(?!\s*,)/.test(trimmed)) return true
  const names = /^\{([\s\S]*)\}$/.exec(trimmed)?.[1]?.split(',')
  return names?.every((name) => name.trim() === '' || /^type\s/.test(name.trim())) ?? false
}

/** Comments go, texts stay, so that an address in a text is not taken for a comment. */
const withoutComments = (source: string): string =>
  source.replaceAll(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, kept?: string) => kept ?? '',
  )
