#!/usr/bin/env node
// The command of the published package: plain JavaScript, so that an old Node gets a sentence instead of a stack.
import { existsSync } from 'node:fs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const cli = new URL('../dist/cli.js', import.meta.url)
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(`Hatoba needs Node 24.15 or later; this is ${process.version}.\n`)
  process.exitCode = 1
} else if (!existsSync(cli)) {
  process.stderr.write('This is a checkout that was not built. Use: npm run hatoba -- start\n')
  process.exitCode = 1
} else {
  await import(cli.href)
}
