// `hatoba lint FILE`: what LINE would say to messages, without sending them. The file holds a list of messages, one
// message, or the whole body of a request. Exit code 0: LINE would take them; 1: it would not; 2: nothing to judge.
import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import {
  type ApiProfile,
  type Checked,
  type JsonDocument,
  parseJson,
  validateMessages,
  validateSend,
} from '@hatoba/line/wire'
import { explainFault } from './lint-words.ts'

export interface LintOutput {
  out(text: string): void
  err(text: string): void
}

const USAGE = 'Use: hatoba lint FILE [--profile 2017|current]   (FILE - reads from the input)'

type Step = string | number
type SendOperation = 'reply' | 'push' | 'multicast' | 'broadcast' | 'narrowcast'

/** What the file holds, and how a path that LINE names is found in it. */
interface Subject {
  readonly what: string
  readonly checked: Checked<unknown>
  /** From a path in a request's body to one in the file. */
  readonly inFile: (path: readonly Step[]) => readonly Step[]
}

export async function lint(args: readonly string[], { out, err }: LintOutput): Promise<number> {
  const read = readArguments(args)
  if (!read.ok) {
    err(`hatoba lint: ${read.problem}\n${USAGE}\n`)
    return 2
  }
  const { file, profile } = read
  let rawText: string
  try {
    rawText = file === '-' ? await readStream(process.stdin) : await readFile(file, 'utf8')
  } catch (error) {
    err(`hatoba lint: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
  const name = file === '-' ? 'input' : file
  const json = parseJson(rawText, { duplicates: profile === '2017' ? 'last-wins' : 'refuse' })
  if (!json.ok) {
    out(`${name}${placeIn(json.error.message)}: ${json.error.message}\n`)
    for (const { message = '' } of json.error.details ?? []) out(`  ${message}\n`)
    return 1
  }
  const subject = judge(rawText, json.value, profile)
  if (subject === undefined) {
    err(`hatoba lint: ${name} holds neither messages nor the body of a request that sends some\n`)
    return 2
  }
  const { what, checked } = subject
  if (checked.ok) {
    out(`${name}: LINE (${profile}) takes ${what}.\n`)
    for (const note of checked.notes) out(`  note: ${note}\n`)
    return 0
  }
  report(name, json.value, subject, checked, out)
  return 1
}

function judge(rawText: string, json: JsonDocument, profile: ApiProfile): Subject | undefined {
  const options = { profile, allowLoopbackHttp: false }
  const { value } = json
  if (Array.isArray(value))
    return {
      what: value.length === 1 ? 'the message' : `the ${value.length} messages`,
      checked: validateMessages(value, options),
      inFile: ([, ...rest]) => rest,
    }
  if (typeof value !== 'object' || value === null) return undefined
  if (!('messages' in value)) {
    if (!('type' in value)) return undefined
    return { what: 'the message', checked: validateMessages([value], options), inFile: ([, , ...rest]) => rest }
  }
  const operation = operationOf(value)
  return { what: `this ${operation}`, checked: validateSend(operation, rawText, options), inFile: (path) => path }
}

/** A body is told by whom it is for. */
function operationOf(body: object): SendOperation {
  if ('replyToken' in body) return 'reply'
  if ('to' in body) return Array.isArray(body.to) ? 'multicast' : 'push'
  return 'recipient' in body || 'filter' in body || 'limit' in body ? 'narrowcast' : 'broadcast'
}

function report(
  name: string,
  json: JsonDocument,
  { inFile }: Subject,
  { error }: Extract<Checked<unknown>, { ok: false }>,
  out: (text: string) => void,
): void {
  const placeOf = (path: readonly Step[]) => {
    // What is missing has no place: what it is missing from has.
    for (let known = inFile(path); ; known = known.slice(0, -1)) {
      const position = json.positionOf(known)
      if (position !== undefined) return `:${position.line}:${position.column}`
      if (known.length === 0) return ''
    }
  }
  const named = /^The property, '?([^',]+)'?, in the request body/.exec(error.message)?.[1]
  const message = /^A message \(messages\[(\d+)\]\)/.exec(error.message)?.[1]
  out(`${name}${named === undefined ? '' : placeOf(stepsOf(named))}: ${error.message}\n`)
  if (named !== undefined) out(`    ${explainFault(error.message)}\n`)
  for (const { property = '', message: fault = '' } of error.details ?? []) {
    const path = message === undefined ? stepsOf(property) : pathInMessage(json, inFile, Number(message), property)
    out(`  ${name}${placeOf(path)}: ${property}: ${fault}\n    ${explainFault(fault)}\n`)
  }
}

/** `messages[0].quickReply.items[3]` as steps. */
const stepsOf = (property: string): Step[] =>
  property.split(/[.[\]]+/).flatMap((step) => (step === '' ? [] : /^\d+$/.test(step) ? Number(step) : step))

/** `template/columns/0/actions` stands in the message; `/hero/url`, with a slash before it, in a flex message's container. */
function pathInMessage(json: JsonDocument, inFile: Subject['inFile'], index: number, property: string): Step[] {
  const inMessage = property.split('/').flatMap((step) => (step === '' ? [] : /^\d+$/.test(step) ? Number(step) : step))
  const isFlex = property.startsWith('/') && json.positionOf(inFile(['messages', index, 'contents'])) !== undefined
  return ['messages', index, ...(isFlex ? ['contents'] : []), ...inMessage]
}

/** `(line: 3, column: 7)` as editors and terminals take it. */
function placeIn(message: string): string {
  const [, line, column] = /\(line: (\d+), column: (\d+)\)/.exec(message) ?? []
  return line === undefined ? '' : `:${line}:${column}`
}

type ReadArguments = { ok: true; file: string; profile: ApiProfile } | { ok: false; problem: string }

function readArguments(args: readonly string[]): ReadArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { profile: { type: 'string', default: 'current' } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return { ok: false, problem: 'one file must be named' }
    const { profile } = values
    if (profile !== '2017' && profile !== 'current') return { ok: false, problem: '--profile must be 2017 or current' }
    return { ok: true, file, profile }
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) }
  }
}
