// What a browser has to load before the phone is there.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const MOST_GZIPPED_BYTES = 350 * 1024

test('the built page is at most 350 kB gzipped, fonts not counted', async () => {
  const folder = fileURLToPath(new URL('../../packages/server/public/', import.meta.url))
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(html|js|css|svg)$/.test(file))
  expect(files.length).toBeGreaterThan(2)
  let sizeBytes = 0
  for (const file of files) sizeBytes += gzipSync(await readFile(`${folder}${file}`)).length
  expect(sizeBytes).toBeLessThanOrEqual(MOST_GZIPPED_BYTES)
})
