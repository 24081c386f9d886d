// The committed index and samples of the four documents are well-formed and belong together, and the reader that
// made them is right on small made-up pages of the same print.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readGuide } from '../../scripts/seed-index/guide-page.ts'
import { hashOf, type SeedPage } from '../../scripts/seed-index/page-rows.ts'
import { readReference } from '../../scripts/seed-index/reference-page.ts'
import { readSeedIndex, seedSamplesFolder } from './read-seed-index.ts'

const samplesFolder = fileURLToPath(seedSamplesFolder)

describe('the index of the four documents', () => {
  const rows = readSeedIndex()

  it('gives every row an id of its own, a heading, a first cell and a hash, and no sentences', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    for (const row of rows) {
      expect(row.id).toMatch(/^00[0-3]\b/)
      expect(row.kind).toMatch(/^(heading|row|item|operation|signature|sample)$/)
      expect(row.heading).not.toBe('')
      expect(row.cell).toMatch(/^.{1,95}$/)
      expect(row.hash).toMatch(/^[0-9a-f]{16}$/)
      expect(
        Object.keys(row).filter((key) => !['id', 'kind', 'heading', 'cell', 'hash', 'file'].includes(key)),
      ).toEqual([])
    }
  })

  it('holds all four documents, with every kind of row', () => {
    expect(Object.keys(Object.groupBy(rows, ({ id }) => id.slice(0, 3))).toSorted()).toEqual([
      '000',
      '001',
      '002',
      '003',
    ])
    const kinds = Object.groupBy(rows, ({ kind }) => kind)
    expect(kinds.operation?.length).toBeGreaterThan(15)
    expect(kinds.signature?.length).toBeGreaterThan(60)
    expect(kinds.sample?.length).toBeGreaterThan(100)
    expect(kinds.row?.length).toBeGreaterThan(350)
  })

  it('has every carried sample as a file of the hash it tells, and no other files', () => {
    const files = rows.flatMap(({ file }) => (file === undefined ? [] : [file]))
    const lying = readdirSync(samplesFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(samplesFolder.length).split(sep).join('/'))
    expect(lying.toSorted()).toEqual(files.toSorted())
    for (const { file, hash } of rows) {
      if (file === undefined) continue
      expect(existsSync(join(samplesFolder, file)), file).toBe(true)
      expect(hashOf(readFileSync(join(samplesFolder, file), 'utf8')), file).toBe(hash)
    }
  })

  it('has JSON samples that are JSON, and fragments that are JSON inside an object', () => {
    for (const { file = '' } of rows) {
      const text = () => readFileSync(join(samplesFolder, file), 'utf8')
      if (file.endsWith('.json')) expect(JSON.parse(text()), file).toBeTypeOf('object')
      if (file.endsWith('.json-fragment')) expect(JSON.parse(`{${text()}}`), file).toHaveProperty('source')
    }
  })
})

const idsOf = (page: SeedPage) => page.rows.map(({ id }) => id)

describe('readGuide', () => {
  it('tells headings from sentences that inline code has broken into lines', () => {
    const page = readGuide(
      '009',
      'Using it\nYou set the\nkey\n, and then it works.\nNote:\nIt may fail.\nSending\nIt sends.\n',
    )
    expect(idsOf(page)).toEqual(['009', '009/using-it', '009/sending'])
  })

  it('reads bullets on their own line, and lists whose items are label and value', () => {
    const page = readGuide(
      '009',
      'Limits\n-\nImage formats: jpeg\nMax size: 10MB\n-\nButtons:\n- Max 4 buttons\n- Title: max 40\nThat is all.\n',
    )
    expect(idsOf(page).slice(2)).toEqual([
      '009/limits#Image formats',
      '009/limits#Max size',
      '009/limits#Buttons',
      '009/limits#Max 4 buttons',
      '009/limits#Title',
    ])
  })

  it('goes by the mark of the print where headings carry one, and reads tables with bars', () => {
    const page = readGuide(
      '009',
      'Page\nSendingโ\nSend This\n{\n"a": 1\n}\n| Field | Description |\n|---|---|\na.b | It |\n',
    )
    expect(idsOf(page)).toEqual(['009', '009/page', '009/sending', '009/sending@sample.json', '009/sending#a.b'])
    expect(page.files).toEqual([{ path: '009/sending/sample.json', text: '{\n"a": 1\n}\n' }])
  })

  it('names a sample by the line that introduces it, and numbers samples of one name', () => {
    const page = readGuide('009', 'Receiving\nExample text:\n{}\nAnd more.\n{}\n{\n}\n')
    expect(idsOf(page).slice(2)).toEqual([
      '009/receiving@example-text.json',
      '009/receiving@sample.json',
      '009/receiving@sample.json~2',
    ])
    expect(page.files.map(({ path }) => path)).toEqual([
      '009/receiving/example-text.json',
      '009/receiving/sample.json',
      '009/receiving/sample-2.json',
    ])
  })

  it('changes the hash of a row when the rest of its line changes, and nothing else', () => {
    const [before, after] = ['10MB', '20MB'].map((size) => readGuide('009', `Limits\n- Max size: ${size}\n`).rows)
    expect(before?.map(({ id }) => id)).toEqual(after?.map(({ id }) => id))
    expect(before?.filter(({ hash }, at) => hash !== after?.[at]?.hash).map(({ id }) => id)).toEqual([
      '009/limits#Max size',
    ])
  })
})

describe('readReference', () => {
  const read = (text: string) => idsOf(readReference('009', `Common specifications\n\n${text}\n`)).slice(2)

  it('reads rows that run over several lines', () => {
    expect(
      read(
        'Text\n\nField Type Required Description\ntype String Yes text\nurl String Yes Image URL\nHTTPS\nMax: 1 MB\n',
      ),
    ).toEqual([
      '009/common-specifications/text',
      '009/common-specifications/text#type',
      '009/common-specifications/text#url',
    ])
  })

  it('splits a message from its meaning', () => {
    expect(
      read('Error messages\n\nMessage Description\nThe thing, XXX, is bad (line: XXX) A thing was bad\n'),
    ).toContain('009/common-specifications/error-messages#The thing, XXX, is bad (line: XXX)')
  })

  it('parts the same call in several languages, and finds the sentence after them', () => {
    const code =
      'curl -X GET \\\nhttps://api.line.me/v2/x\nbot, err := linebot.New()\nif err {\n}\n\nconst line = 1;\n\nline.go();\n'
    expect(
      read(`Leave\n\nLeave example\n\n${code}\nLeave a group.\n\nHTTP request\n\nPOST https://api.line.me/v2/x\n`),
    ).toEqual([
      '009/leave',
      '009/leave@leave-example.curl',
      '009/leave@leave-example.go',
      '009/leave@leave-example.js',
      '009/leave/http-request',
      '009/leave/http-request#POST https://api.line.me/v2/x',
    ])
  })

  it('reads classes, members, signatures and parameters of an SDK', () => {
    const chapter =
      'iOS SDK\n\nLineThing\n\nClass\n\nA thing.\n\nSuperclass NSObject\n\nMethods\n\nstart\n\nMethod prototype\n\n'
    const method =
      '- (void)start:(int)a;\n\nStarts.\n\nParameters\n\nParameter Description\na How\n\nReturn value\n\nA thing\n'
    expect(read(chapter + method)).toEqual([
      '009/ios-sdk',
      '009/ios-sdk/LineThing',
      '009/ios-sdk/LineThing/class',
      '009/ios-sdk/LineThing/class#Superclass',
      '009/ios-sdk/LineThing/methods',
      '009/ios-sdk/LineThing/methods/start',
      '009/ios-sdk/LineThing/methods/start/method-prototype',
      '009/ios-sdk/LineThing/methods/start/method-prototype#start',
      '009/ios-sdk/LineThing/methods/start/parameters',
      '009/ios-sdk/LineThing/methods/start/parameters#a',
      '009/ios-sdk/LineThing/methods/start/return-value',
    ])
  })
})
