// Builds the web pages where they are missing or older than their sources. All output goes to stderr.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const built = 'packages/server/public'
const stampFile = join(built, '.built-from')

/** A hash of every source file's path and content: a checkout keeps no useful file times. */
function sourceHash() {
  const hash = createHash('sha256')
  const add = (path) => hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  for (const folder of ['packages/console', 'packages/line/src/wire']) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/(^|[\\/])(dist|node_modules)[\\/]|\.test\.tsx?$/.test(path))
    for (const path of files.sort()) add(path)
  }
  add('package-lock.json')
  return hash.digest('hex')
}

const wanted = sourceHash()
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) {
  process.stderr.write('Building the web pages ...\n')
  const { status } = spawnSync('npm', ['run', 'build', '--silent', '-w', '@hatoba/console'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: 'production' }, // whatever the caller's is, React's development build is not for users
  })
  if (status !== 0) process.exit(status ?? 1)
  writeFileSync(stampFile, wanted)
}
