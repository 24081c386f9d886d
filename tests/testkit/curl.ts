// Runs a curl command as it stands in a document, without curl: splits it as a POSIX shell would, reads the flags that
// the documents use as curl does, and sends the request with fetch. An unescaped line end outside quotes counts as a
// space, since documents lose backslashes in print.

export interface CurlRequest {
  method: string
  url: string
  headers: [name: string, value: string][]
  body?: string
}

interface Draft {
  method?: string
  url?: string
  headers: [string, string][]
  data: string[]
  get: boolean
}

/** What a flag does with its value; without a parameter it takes none. */
const FLAGS: Record<string, ((draft: Draft, value: string) => void) | ((draft: Draft) => void)> = {
  '-X': (draft, value) => {
    draft.method = value
  },
  '-H': (draft, value) => draft.headers.push(readHeader(value)),
  '-d': (draft, value) => draft.data.push(readData(value)),
  '--data-urlencode': (draft, value) => draft.data.push(urlEncoded(readData(value))),
  '-G': (draft: Draft) => {
    draft.get = true
  },
  '-s': (_draft: Draft) => {},
  '-v': (_draft: Draft) => {},
  '-N': (_draft: Draft) => {},
}

const LONG_NAMES: Record<string, string> = {
  '--request': '-X',
  '--header': '-H',
  '--data': '-d',
  '--data-raw': '-d',
  '--get': '-G',
  '--silent': '-s',
  '--verbose': '-v',
  '--no-buffer': '-N',
}

/** @throws Error on a flag that is not in the table, and on what a shell or curl would refuse */
export function readCurl(command: string, variables: Readonly<Record<string, string>> = {}): CurlRequest {
  const [program, ...words] = splitWords(command, variables)
  if (program !== 'curl') throw new Error(`no curl command: ${command}`)
  return readCurlWords(words)
}

/** As {@link readCurl}, where a shell has parted the words already. */
export function readCurlWords(words: readonly string[]): CurlRequest {
  const draft: Draft = { headers: [], data: [], get: false }
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (!word.startsWith('-')) {
      if (draft.url !== undefined) throw new Error(`a second URL: ${word}`)
      draft.url = word
      continue
    }
    // A one-letter flag may have its value attached: -XPOST, and valueless ones may stand together: -sv.
    const attached = /^-[XHd]./.test(word) ? word.slice(2) : undefined
    const names = /^-[sGvN]{2,}$/.test(word) ? [...word.slice(1)].map((letter) => `-${letter}`) : [word]
    for (const name of names) {
      const known = attached === undefined ? (LONG_NAMES[name] ?? name) : name.slice(0, 2)
      const flag = FLAGS[known]
      if (flag === undefined) throw new Error(`curl's flag ${name} is not known here`)
      if (flag.length < 2) flag(draft, '')
      else {
        const value = attached ?? words[++i]
        if (value === undefined) throw new Error(`curl's flag ${name} lacks its value`)
        flag(draft, value)
      }
    }
  }
  return finish(draft)
}

/** Sends it. @param host stands for every host that the command may name */
export function sendCurl({ method, url, headers, body }: CurlRequest, host: string): Promise<Response> {
  const { pathname, search } = new URL(url)
  return fetch(`${host}${pathname}${search}`, { method, headers, ...(body !== undefined && { body }) })
}

function finish({ method, url, headers, data, get }: Draft): CurlRequest {
  if (url === undefined) throw new Error('the command names no URL')
  const joined = data.length === 0 ? undefined : data.join('&')
  if (joined === undefined || get) {
    const query = joined === undefined ? '' : `${url.includes('?') ? '&' : '?'}${joined}`
    return { method: method ?? 'GET', url: url + query, headers }
  }
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type')
  const all: [string, string][] = typed ? headers : [...headers, ['Content-Type', 'application/x-www-form-urlencoded']]
  return { method: method ?? 'POST', url, headers: all, body: joined }
}

function readHeader(text: string): [string, string] {
  const colon = text.indexOf(':')
  if (colon < 1) throw new Error(`no header: ${text}`)
  return [text.slice(0, colon), text.slice(colon + 1).trim()]
}

function readData(text: string): string {
  if (text.startsWith('@')) throw new Error(`data from a file is not known here: ${text}`)
  return text
}

/** As in curl's manual: `content`, `=content` or `name=content`, of which only the content is encoded. */
function urlEncoded(text: string): string {
  const equals = text.indexOf('=')
  if (equals === -1) return encodeURIComponent(text)
  const name = text.slice(0, equals)
  return `${name === '' ? '' : `${name}=`}${encodeURIComponent(text.slice(equals + 1))}`
}

/** Words of a POSIX shell: quotes of both kinds, backslashes, `$NAME` and `${NAME}`. */
function splitWords(command: string, variables: Readonly<Record<string, string>>): string[] {
  const words: string[] = []
  let word: string | undefined
  const add = (text: string) => {
    word = (word ?? '') + text
  }
  for (let i = 0; i < command.length; i++) {
    const letter = command[i] ?? ''
    if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (letter === "'") {
      const end = command.indexOf("'", i + 1)
      if (end === -1) throw new Error('a single quote is not closed')
      add(command.slice(i + 1, end))
      i = end
    } else if (letter === '"') {
      i = readDoubleQuoted(command, i + 1, variables, add)
    } else if (letter === '\\') {
      i += 1
      if (command[i] !== '\n') add(command[i] ?? '')
    } else if (letter === '$') {
      i = readVariable(command, i, variables, add)
    } else add(letter)
  }
  if (word !== undefined) words.push(word)
  return words
}

/** @returns the place of the closing quote */
function readDoubleQuoted(
  command: string,
  from: number,
  variables: Readonly<Record<string, string>>,
  add: (text: string) => void,
): number {
  add('')
  for (let i = from; i < command.length; i++) {
    const letter = command[i] ?? ''
    if (letter === '"') return i
    if (letter === '$') i = readVariable(command, i, variables, add)
    else if (letter === '\\' && /["\\$`\n]/.test(command[i + 1] ?? '')) {
      i += 1
      if (command[i] !== '\n') add(command[i] ?? '')
    } else add(letter)
  }
  throw new Error('a double quote is not closed')
}

/** @returns the place of the name's last character */
function readVariable(
  command: string,
  at: number,
  variables: Readonly<Record<string, string>>,
  add: (text: string) => void,
): number {
  const found = /^\$(?:\{(\w+)\}|([A-Za-z_]\w*))/.exec(command.slice(at))
  const name = found?.[1] ?? found?.[2]
  if (found === null || name === undefined) {
    add('$')
    return at
  }
  const value = variables[name]
  if (value === undefined) throw new Error(`the variable ${name} is not set`)
  add(value)
  return at + found[0].length - 1
}
