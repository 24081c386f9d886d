// Runs on whatever Node the machine has, before every npm script: installs what the lock file names where
// node_modules does not match it, and makes sure that the next step finds a Node 24. stdout stays empty (it belongs to --json).
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

const nodeMajorOnPath = () =>
  Number.parseInt(spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout ?? '', 10)

/** Every locked package is there in its locked version; a missing optional one belongs to another platform. */
function isInstalled() {
  const installed = readJson('node_modules/.package-lock.json').packages // npm writes it last: a broken-off install has none
  if (installed === undefined) return false
  return Object.entries(readJson('package-lock.json').packages ?? {}).every(
    ([path, { version, link, optional }]) =>
      !path.startsWith('node_modules/') ||
      link === true ||
      (optional === true && installed[path] === undefined) ||
      readJson(`${path}/package.json`).version === version,
  )
}

if (!isInstalled()) {
  process.stderr.write('Installing packages (about a minute the first time) ...\n')
  const { status } = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write('The install did not finish; npm says why above.\n')
    process.exit(status ?? 1)
  }
}

if (Number.parseInt(process.versions.node, 10) < 24 && !(nodeMajorOnPath() >= 24)) {
  rmSync('node_modules/.bin/node', { force: true }) // npm's Node does not start here (musl): let the machine's own show
  if (!(nodeMajorOnPath() >= 24)) {
    process.stderr.write(
      `Hatoba needs Node 24; this is ${process.version}. Install Node 24, or let npm do it: npm ci --ignore-scripts=false\n`,
    )
    process.exit(1)
  }
}
