// The house keeps its rules on who may import whom. The rules are imports/import-table.ts.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkImports, type SourceFile, type Workspace } from './imports/check-imports.ts'
import { importTable, type ModuleRow } from './imports/import-table.ts'
import { readImports } from './imports/read-imports.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)

const workspaces: Workspace[] = folders.map((folder) => {
  // Our own manifests: tsc and publint hold their form.
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string
    exports?: Record<string, string | Record<string, string>>
  }
  const entries = Object.entries(manifest.exports ?? {}).map(([entry, target]) => [
    entry,
    typeof target === 'string' ? target : (target['@hatoba/source'] ?? ''),
  ])
  return { name: manifest.name, folder, exports: Object.fromEntries(entries) }
})

const sources: SourceFile[] = folders
  .flatMap((folder) => readdirSync(join(root, folder, 'src'), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))

describe('the import table', () => {
  it('is kept by every source file', () => {
    expect(checkImports(sources, { table: importTable, workspaces })).toEqual([])
  })

  it('names only modules that it has', () => {
    const names = importTable.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(
      importTable
        .flatMap(({ may, mayTypesOf = [] }) => [...may, ...mayTypesOf])
        .filter((name) => !names.includes(name)),
    ).toEqual([])
  })

  it('says what the design says', () => {
    const row = (name: string) => importTable.find((candidate) => candidate.name === name)
    const server = importTable.filter(({ paths }) => paths.some((path) => path.startsWith('packages/server/')))
    const reaches = (from: string, to: string) =>
      [...(row(from)?.may ?? []), ...(row(from)?.mayTypesOf ?? [])].some(
        (name) => name === to || name.startsWith(`${to}/`),
      )
    expect(row('line/wire')).toMatchObject({ may: [], packages: [] })
    expect(row('line/webhook')?.may).toEqual(['line/wire'])
    expect(row('line/login')?.may).toEqual([])
    expect(row('console')?.may).toEqual(['line/wire'])
    expect(row('kit')?.may).toEqual([])
    expect(reaches('platform', 'gateway')).toBe(false)
    expect(server.filter(({ name }) => name.startsWith('gateway') && reaches(name, 'platform'))).toEqual([])
    expect(server.filter(({ name }) => reaches(name, 'line/login'))).toEqual([])
    // In the gateway only what talks to LINE knows LINE's words.
    expect(
      server.map(({ name }) => name).filter((name) => name.startsWith('gateway') && reaches(name, 'line')),
    ).toEqual(['gateway/southbound', 'gateway/delivery'])
    for (const dialect of ['gateway/northbound/sinch', 'gateway/northbound/eightxeight']) {
      expect(row(dialect)?.may.filter((name) => /southbound|northbound\//.test(name))).toEqual([])
    }
    expect(row('gateway/core')).toMatchObject({ may: ['kit'], packages: ['node:crypto'] })
    expect(
      server.filter(({ may }) => may.includes('platform') && may.includes('gateway')).map(({ name }) => name),
    ).toEqual(['stack'])
  })
})

describe('checkImports', () => {
  const table: ModuleRow[] = [
    { name: 'wire', paths: ['packages/line/src/wire/'], may: [], packages: [] },
    { name: 'login', paths: ['packages/line/src/login/'], may: [], packages: [] },
    { name: 'core', paths: ['packages/server/src/core/'], may: [], packages: ['node:crypto'] },
    {
      name: 'api',
      paths: ['packages/server/src/api/'],
      may: ['core', 'wire'],
      mayTypesOf: ['demo'],
      packages: ['fast*'],
    },
    { name: 'demo', paths: ['packages/server/src/demo.ts'], may: ['core'], packages: [] },
  ]
  const made: Workspace[] = [
    {
      name: '@hatoba/line',
      folder: 'packages/line',
      exports: { './wire': './src/wire/index.ts', './login': './src/login/index.ts' },
    },
    { name: 'hatoba', folder: 'packages/server', exports: {} },
  ]
  const check = (path: string, text: string) => checkImports([{ path, text }], { table, workspaces: made })
  const api = 'packages/server/src/api/routes.ts'

  it.each([
    "import { a } from '../core/a.ts'",
    "import { a } from './errors.ts'",
    "import type { Demo } from '../demo.ts'",
    "import { type Demo } from '../demo.ts'",
    "import { validateSend } from '@hatoba/line/wire'",
    "import fastify from 'fastify'",
    "const { a } = await import('../core/a.ts')",
    "// import { b } from '../demo.ts'",
    "/*\nimport { b } from '../demo.ts'\n*/",
  ])('allows %s', (text) => {
    expect(check(api, text)).toEqual([])
  })

  it.each([
    ["import { d } from '../demo.ts'", 'may use only types of demo'],
    ["import {\n  type A,\n  d,\n} from '../demo.ts'", 'may use only types of demo'],
    ["export { d } from '../demo.ts'", 'may use only types of demo'],
    ["export * from '../demo.ts'", 'may use only types of demo'],
    ["import '../demo.ts'", 'may use only types of demo'],
    ["const d = await import('../demo.ts')", 'may use only types of demo'],
    ["type D = import('../demo.ts').D", 'may use only types of demo'],
    ["import { login } from '@hatoba/line/login'", 'may use nothing of login'],
    ["import type { Login } from '@hatoba/line/login'", 'may use nothing of login'],
    ["import { readFile } from 'node:fs'", 'may not use this package'],
    ["import { readFile } from 'fs'", 'may not use this package'],
    ["import undici from 'undici'", 'may not use this package'],
    ["import { x } from '@hatoba/line/dist/wire/index.js'", 'what a build made is not a source'],
    ["import { x } from '../../../line/dist/wire/index.js'", 'what a build made is not a source'],
    ["import { x } from '@hatoba/line/src/wire/index.ts'", 'does not export ./src/wire/index.ts'],
    ["import { x } from '@hatoba/line'", 'does not export .'],
    ["import { x } from '../../../line/src/wire/index.ts'", 'another workspace is imported by its name'],
    ["import { x } from '../lost.ts'", 'stands outside every module'],
    ["import { x } from '/etc/passwd'", 'named by relative path or package'],
    ["import { start } from './testing/start.ts'", 'uses nothing that is made for tests'],
    ['const d = await import(name)', 'computes what it imports'],
  ])('refuses %s', (text, why) => {
    expect(check(api, text)).toEqual([expect.stringContaining(why)])
  })

  it('refuses a file outside every module', () => {
    expect(check('packages/server/src/helpers.ts', '')).toEqual([
      'packages/server/src/helpers.ts stands outside every module of the import table',
    ])
  })

  it('takes the row with the longest path, and lets a row use none of another by default', () => {
    expect(check('packages/server/src/core/a.ts', "import { b } from '../api/b.ts'")).toHaveLength(1)
    expect(check('packages/server/src/core/a.ts', "import { createHash } from 'node:crypto'")).toEqual([])
  })

  it('lets tests and their support import across modules, but not past the exports of a workspace', () => {
    const test = 'packages/server/src/core/a.test.ts'
    expect(check('packages/server/src/core/testing/start.ts', "import { b } from '../../api/b.ts'")).toEqual([])
    expect(check(test, "import { b } from '../api/b.ts'\nimport { it } from 'vitest'\nawait import(name)")).toEqual([])
    expect(check(test, "import { x } from '@hatoba/line/dist/wire/index.js'")).toHaveLength(1)
  })
})

describe('readImports', () => {
  it('reads imports over several lines, with and without names', () => {
    const read = readImports(
      "import a, {\n  b,\n  type C,\n} from './x.ts'\nimport * as y from \"./y.ts\"\nexport type { Z } from './z.ts'\n",
    )
    expect(read.imports).toEqual([
      { specifier: './x.ts', typesOnly: false },
      { specifier: './y.ts', typesOnly: false },
      { specifier: './z.ts', typesOnly: true },
    ])
  })

  it('is not misled by the word import in texts and names', () => {
    expect(
      readImports("const text = 'import x from'\nimportMany('./a.ts')\nconst url = 'https://x' + import.meta.url"),
    ).toEqual({
      imports: [],
      computed: [],
    })
  })
})
