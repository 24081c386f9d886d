// Where tokens and a login that is under way are kept: memory, Web Storage, a file, or whatever an application brings.

/** Keeps texts by name. What it answers may be a promise; `currentAccessToken()` then knows only what was read before. */
export interface TokenStorage {
  read(name: string): string | null | undefined | Promise<string | null | undefined>
  write(name: string, text: string): void | Promise<void>
  remove(name: string): void | Promise<void>
}

/** A browser's `localStorage` or `sessionStorage`, or what looks like them. */
export interface WebStorage {
  getItem(name: string): string | null
  setItem(name: string, text: string): void
  removeItem(name: string): void
}

/** Keeps nothing beyond the life of the page or process. */
export function memoryStorage(): TokenStorage {
  const texts = new Map<string, string>()
  return {
    read: (name) => texts.get(name),
    write: (name, text) => void texts.set(name, text),
    remove: (name) => void texts.delete(name),
  }
}

/** @example `webStorage(localStorage)` stays logged in when the browser is closed. */
export function webStorage(storage: WebStorage): TokenStorage {
  return {
    read: (name) => storage.getItem(name),
    write: (name, text) => storage.setItem(name, text),
    remove: (name) => storage.removeItem(name),
  }
}

interface FileSystem {
  readFileSync(path: string, encoding: 'utf8'): string
  writeFileSync(path: string, text: string, options: { mode: number }): void
  renameSync(from: string, to: string): void
}

/**
 * One JSON file that only its owner can read, for Node 20.16 or later.
 * @throws Error where there is no file system, and the file system's own errors
 */
export function fileStorage(path: string): TokenStorage {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } } // Node's; absent in browsers
  const fs = process?.getBuiltinModule?.('node:fs') as FileSystem | undefined // that module
  if (fs === undefined) throw new Error('there is no file system here')

  const readAll = (): Record<string, string> => {
    let text: string
    try {
      text = fs.readFileSync(path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
      throw error
    }
    return JSON.parse(text) as Record<string, string> // our own file
  }
  const writeAll = (texts: Record<string, string>) => {
    fs.writeFileSync(`${path}.new`, JSON.stringify(texts), { mode: 0o600 })
    fs.renameSync(`${path}.new`, path)
  }
  return {
    read: (name) => readAll()[name],
    write: (name, text) => writeAll({ ...readAll(), [name]: text }),
    remove(name) {
      const { [name]: gone, ...rest } = readAll()
      if (gone !== undefined) writeAll(rest)
    },
  }
}

const inMemory = memoryStorage()

/** The browser's session, so that a login survives the way to LINE's page and back; memory where there is none. */
export function defaultStorage(): TokenStorage {
  try {
    const { sessionStorage } = globalThis as { sessionStorage?: WebStorage } // a browser's; absent elsewhere
    return sessionStorage === undefined ? inMemory : webStorage(sessionStorage)
  } catch {
    return inMemory // a browser that forbids its storage to this page throws
  }
}
