// Holds sources against the import table. Pure: it is given the files and the workspaces, so that it can be proven.

import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import type { ModuleRow } from './import-table.ts'
import { type ImportLine, readImports } from './read-imports.ts'

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  path: string
  text: string
}

export interface Workspace {
  name: string
  folder: string
  /** What each entry of `exports` stands for in the sources: `./wire` -> `./src/wire/index.ts`. */
  exports: Readonly<Record<string, string>>
}

interface House {
  table: readonly ModuleRow[]
  workspaces: readonly Workspace[]
}

/** Tests and what only tests use: `x.test.ts`, and folders of support and data beside them. */
const testCode = /(\.test\.tsx?$|\/(testing|test-data)\/)/

/** What is wrong, one sentence each. Tests may import what they like, but not past a workspace's `exports`. */
export function checkImports(files: readonly SourceFile[], house: House): string[] {
  return files.flatMap((file) => {
    const row = moduleOf(file.path, house.table)
    const isTest = testCode.test(file.path)
    if (row === undefined && !isTest) return [`${file.path} stands outside every module of the import table`]
    const { imports, computed } = readImports(file.text)
    return [
      ...(isTest ? [] : computed.map((what) => `${file.path} computes what it imports: import(${what})`)),
      ...imports.flatMap((line) => {
        const target = resolve(file.path, line.specifier, house.workspaces)
        if (target.kind === 'forbidden') return [`${file.path} imports ${line.specifier}: ${target.why}`]
        if (row === undefined || isTest) return []
        if (target.kind === 'source' && testCode.test(target.path)) {
          return [`${file.path} imports ${line.specifier}: the product uses nothing that is made for tests`]
        }
        return checkLine(file.path, row, line, target, house.table)
      }),
    ]
  })
}

type Target = { kind: 'source'; path: string } | { kind: 'package'; name: string } | { kind: 'forbidden'; why: string }

function checkLine(path: string, row: ModuleRow, line: ImportLine, target: Target, table: House['table']): string[] {
  if (target.kind === 'package') {
    return row.packages.some((pattern) => matches(pattern, target.name))
      ? []
      : [`${path} imports ${line.specifier}: ${row.name} may not use this package`]
  }
  const to = target.kind === 'source' ? moduleOf(target.path, table) : undefined
  if (to === undefined) return [`${path} imports ${line.specifier}: it stands outside every module`]
  if (to === row || row.may.includes(to.name)) return []
  if (line.typesOnly && row.mayTypesOf?.includes(to.name)) return []
  const what = row.mayTypesOf?.includes(to.name) ? `only types of ${to.name}` : `nothing of ${to.name}`
  return [`${path} imports ${line.specifier}: ${row.name} may use ${what}`]
}

function resolve(from: string, specifier: string, workspaces: readonly Workspace[]): Target {
  const path = specifier.replace(/\?.*$/, '')
  if (path.startsWith('.')) return resolveRelative(from, posix.join(posix.dirname(from), path), workspaces)
  if (builtinModules.includes(path)) return { kind: 'package', name: `node:${path}` }
  if (path.startsWith('node:')) return { kind: 'package', name: path }
  if (/^([/#]|[a-z]+:)/.test(path)) return { kind: 'forbidden', why: 'modules are named by relative path or package' }
  const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/')
  const workspace = workspaces.find((candidate) => candidate.name === name)
  if (workspace === undefined) return { kind: 'package', name }
  const entry = `.${path.slice(name.length)}`
  if (/^\.\/dist(\/|$)/.test(entry)) return { kind: 'forbidden', why: 'what a build made is not a source' }
  const file = Object.hasOwn(workspace.exports, entry) ? workspace.exports[entry] : undefined
  if (file === undefined) return { kind: 'forbidden', why: `${name} does not export ${entry}` }
  return { kind: 'source', path: posix.join(workspace.folder, file) }
}

function resolveRelative(from: string, path: string, workspaces: readonly Workspace[]): Target {
  if (/(^|\/)dist\//.test(path)) return { kind: 'forbidden', why: 'what a build made is not a source' }
  const home = workspaces.find(({ folder }) => from.startsWith(`${folder}/`))
  const other = workspaces.find(({ folder }) => path.startsWith(`${folder}/`))
  if (other !== undefined && other !== home)
    return { kind: 'forbidden', why: `another workspace is imported by its name` }
  return { kind: 'source', path }
}

function moduleOf(path: string, table: readonly ModuleRow[]): ModuleRow | undefined {
  const matching = table.flatMap((row) =>
    row.paths
      .filter((prefix) => path === prefix || (prefix.endsWith('/') && path.startsWith(prefix)))
      .map((prefix) => ({ row, prefix })),
  )
  return matching.toSorted((a, b) => b.prefix.length - a.prefix.length)[0]?.row
}

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
