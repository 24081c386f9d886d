// The front door itself: `npm start`, as in the README.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'

it('starts by npm, and ends when npm is told to end', { timeout: 90_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-npm-'))
  const flags = ['--json', '--no-customer', '--platform-port', '0', '--gateway-port', '0', '--data-dir', dataDir]
  const npm = spawn('npm', ['start', '--silent', '--', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const line = await new Promise<string>((resolve, reject) => {
      npm.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
      if (npm.stdout) createInterface({ input: npm.stdout }).once('line', resolve)
    })
    const { platform, gateway } = JSON.parse(line)
    const alive = (url: string) =>
      fetch(`${url}/livez`).then(
        ({ status }) => status === 200,
        () => false,
      )
    expect([await alive(platform.url), await alive(gateway.url)]).toEqual([true, true])
    npm.kill('SIGTERM')
    for (let tries = 0; tries < 100 && ((await alive(platform.url)) || (await alive(gateway.url))); tries++)
      await pause(100)
    expect([await alive(platform.url), await alive(gateway.url)]).toEqual([false, false])
  } finally {
    npm.kill('SIGKILL')
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})
