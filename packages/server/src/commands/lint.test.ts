import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lint } from './lint.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hatoba-lint-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The exit code and what was written, with the folder left out. */
async function run(content: unknown, ...flags: string[]) {
  const file = join(folder, 'file.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  let written = ''
  const note = (text: string) => {
    written += text.replaceAll(`${folder}/`, '')
  }
  const code = await lint([file, ...flags], { out: note, err: note })
  return { code, written }
}

const TEXT = { type: 'text', text: 'hello' }

describe('hatoba lint', () => {
  it.each([
    ['a list of messages', [TEXT, TEXT], 'the 2 messages'],
    ['one message', TEXT, 'the message'],
    ['a reply', { replyToken: 'x', messages: [TEXT] }, 'this reply'],
    ['a push', { to: `U${'1'.repeat(32)}`, messages: [TEXT] }, 'this push'],
    ['a multicast', { to: [`U${'1'.repeat(32)}`], messages: [TEXT] }, 'this multicast'],
    ['a broadcast', { messages: [TEXT] }, 'this broadcast'],
    ['a narrowcast', { messages: [TEXT], limit: { max: 1 } }, 'this narrowcast'],
  ])('takes %s', async (_what, content, told) => {
    expect(await run(content)).toEqual({ code: 0, written: `file.json: LINE (current) takes ${told}.\n` })
  })

  it('tells every fault of the envelope with its place and in plain words', async () => {
    expect(await run([{ type: 'text', text: '' }, { type: 'txt' }])).toEqual({
      code: 1,
      written: expect.stringMatching(
        /^file.json: The request body has 2 error\(s\)\n {2}file.json:4:13: messages\[0\].text: May not be empty\n {4}It is missing or empty: give it a value.\n {2}file.json:7:13: messages\[1\].type: Must be one of/,
      ),
    })
  })

  it('points at what a missing property is missing from', async () => {
    const { code, written } = await run({ messages: [{ type: 'text' }] })
    expect(code).toBe(1)
    expect(written).toContain('file.json:3:5: messages[0].text: May not be empty')
  })

  it('finds the place of a fault in a template and in a flex container', async () => {
    const template = { type: 'buttons', text: 'x'.repeat(161), actions: [{ type: 'message', label: 'a', text: 'a' }] }
    const buttons = await run({ type: 'template', altText: 'a', template })
    expect(buttons.written).toContain('A message (messages[0]) in the request body is invalid')
    expect(buttons.written).toContain('file.json:6:13: template/text: must not be longer than 160 characters')
    const flex = await run([{ type: 'flex', altText: 'a', contents: { type: 'balloon' } }])
    expect(flex.written).toContain('file.json:6:15: /type: invalid property')
    expect(flex.written).toContain('The value is none that is known here')
  })

  it('judges by the profile that is asked for', async () => {
    const flex = { type: 'flex', altText: 'a', contents: { type: 'bubble' } }
    expect((await run(flex)).code).toBe(0)
    expect((await run(flex, '--profile', '2017')).code).toBe(1)
    expect((await run(flex, '--profile', '2018')).code).toBe(2)
  })

  it('says where a file is no JSON, and that a property stands twice', async () => {
    expect(await run('{\n  "type": text\n}')).toEqual({
      code: 1,
      written: 'file.json:2:11: The request body could not be parsed as JSON (line: 2, column: 11)\n',
    })
    expect((await run('{"type":"text","text":"a","text":"b"}')).written).toContain("Duplicate field 'text'")
  })

  it('tells a value of the wrong type with its place', async () => {
    const { code, written } = await run({ to: 1, messages: [TEXT] })
    expect(code).toBe(1)
    expect(written).toContain("file.json:2:9: The property, 'to', in the request body is invalid")
  })

  it('has nothing to judge where the file holds no message, or there is no file', async () => {
    expect((await run('{"a":1}')).code).toBe(2)
    expect((await run('1')).code).toBe(2)
    let told = ''
    const note = (text: string) => {
      told += text
    }
    expect(await lint([join(folder, 'none.json')], { out: note, err: note })).toBe(2)
    expect(await lint([], { out: note, err: note })).toBe(2)
    expect(told).toContain('one file must be named')
  })
})
