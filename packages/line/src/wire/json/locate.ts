// The slow reader: where in the text each value stands, and where and why a text is not JSON. It runs only when there
// is an error to report. It reads exactly what JSON.parse reads (RFC 8259).
import type { Position } from '../wording.ts'

export type JsonPath = readonly (string | number)[]

/** One value: the offset it starts at, and what is in it. */
export interface Located {
  at: number
  items?: Located[]
  properties?: Map<string, Located>
}

export type Fault =
  | { kind: 'syntax'; at: number }
  | { kind: 'too-deep'; at: number }
  /** `at` is just behind the second spelling of the name; `path` leads to the object that holds both. */
  | { kind: 'duplicate'; at: number; name: string; path: JsonPath }

export interface LocateOptions {
  maxDepth: number
  duplicates: 'refuse' | 'last-wins'
}

export function locate(text: string, options: LocateOptions): { root: Located } | { fault: Fault } {
  try {
    return { root: new Reader(text, options).document() }
  } catch (error) {
    if (error instanceof FaultFound) return { fault: error.fault }
    throw error
  }
}

// LINE's figures count from 1. Lines end as in Jackson, which LINE's wording and its published examples point to.
// unconfirmed: whether LINE counts columns in UTF-16 units (as here) or bytes.
export function positionAt(text: string, offset: number): Position {
  let line = 1
  let lineStart = 0
  const breaks = /\r\n|\n|\r/g
  for (let found = breaks.exec(text); found !== null && breaks.lastIndex <= offset; found = breaks.exec(text)) {
    line += 1
    lineStart = breaks.lastIndex
  }
  return { line, column: offset - lineStart + 1 }
}

export function find(root: Located, path: JsonPath): Located | undefined {
  let node: Located | undefined = root
  for (const step of path) {
    if (node === undefined) return undefined
    node = typeof step === 'number' ? node.items?.[step] : node.properties?.get(step)
  }
  return node
}

/** Leaves the reader from any depth; caught in `locate`. */
class FaultFound extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.kind)
    this.name = 'FaultFound'
    this.fault = fault
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_PLAIN_CHARACTER = 0x20
const WHITE_SPACE = /[ \t\n\r]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERAL = /true|false|null/y

class Reader {
  #at = 0
  readonly #text: string
  readonly #options: LocateOptions
  readonly #path: (string | number)[] = []

  constructor(text: string, options: LocateOptions) {
    this.#text = text
    this.#options = options
  }

  document(): Located {
    const root = this.#value()
    this.#skip(WHITE_SPACE)
    if (this.#at < this.#text.length) this.#fail()
    return root
  }

  #value(): Located {
    this.#skip(WHITE_SPACE)
    const at = this.#at
    switch (this.#text[at]) {
      case '{':
        return { at, properties: this.#object() }
      case '[':
        return { at, items: this.#array() }
      case '"':
        this.#string()
        return { at }
      default:
        if (!this.#skip(LITERAL) && !this.#skip(NUMBER)) this.#fail()
        return { at }
    }
  }

  #object(): Map<string, Located> {
    const properties = new Map<string, Located>()
    this.#open()
    if (this.#closes('}')) return properties
    do {
      this.#skip(WHITE_SPACE)
      const name = this.#string()
      if (properties.has(name) && this.#options.duplicates === 'refuse')
        throw new FaultFound({ kind: 'duplicate', at: this.#at, name, path: [...this.#path] })
      this.#skip(WHITE_SPACE)
      this.#expect(':')
      this.#path.push(name)
      properties.set(name, this.#value())
      this.#path.pop()
    } while (this.#goesOn('}'))
    return properties
  }

  #array(): Located[] {
    const items: Located[] = []
    this.#open()
    if (this.#closes(']')) return items
    do {
      this.#path.push(items.length)
      items.push(this.#value())
      this.#path.pop()
    } while (this.#goesOn(']'))
    return items
  }

  #open(): void {
    // Every value on the way down has put one step on the path, so its length is the depth.
    if (this.#path.length >= this.#options.maxDepth) throw new FaultFound({ kind: 'too-deep', at: this.#at })
    this.#at += 1
  }

  #closes(bracket: string): boolean {
    this.#skip(WHITE_SPACE)
    if (this.#text[this.#at] !== bracket) return false
    this.#at += 1
    return true
  }

  #goesOn(bracket: string): boolean {
    if (this.#closes(bracket)) return false
    this.#expect(',')
    return true
  }

  #string(): string {
    const start = this.#at
    this.#expect('"')
    // By hand: one pattern for a whole string of some megabytes would exhaust the engine's stack.
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit === QUOTE) break
      if (unit === BACKSLASH) {
        if (!this.#skip(ESCAPE)) this.#fail()
      } else if (unit >= FIRST_PLAIN_CHARACTER) this.#at += 1
      else this.#fail() // a control character, or the end of the text (NaN)
    }
    this.#at += 1
    return JSON.parse(this.#text.slice(start, this.#at))
  }

  #expect(mark: string): void {
    if (this.#text[this.#at] !== mark) this.#fail()
    this.#at += 1
  }

  /** Steps over what the pattern matches here; false when it matches nothing. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    this.#at = pattern.lastIndex
    return true
  }

  #fail(): never {
    throw new FaultFound({ kind: 'syntax', at: this.#at })
  }
}
