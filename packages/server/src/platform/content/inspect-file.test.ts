import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { gif, jpeg, mp3, mp4, png, webp } from '../testing/small-files.ts'
import { inspectFile } from './inspect-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'hatoba-inspect-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function inspect(bytes: Uint8Array) {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  return inspectFile(path)
}

describe('a file', () => {
  it.each([
    ['PNG', png(640, 480), { format: 'png', width: 640, height: 480 }],
    ['JPEG', jpeg(1024, 768), { format: 'jpeg', width: 1024, height: 768 }],
    ['GIF', gif(10, 20), { format: 'gif', width: 10, height: 20 }],
    ['WebP', webp(3000, 2000), { format: 'webp', width: 3000, height: 2000 }],
    ['film', mp4(61_500), { format: 'mp4', durationMs: 61_500 }],
    ['sound', mp4(5000, 'M4A '), { format: 'm4a', durationMs: 5000 }],
    ['MP3', mp3(2000), { format: 'mp3', durationMs: 2000 }],
  ])('is known by its bytes: %s', async (_name, bytes, expected) => {
    expect(await inspect(bytes)).toEqual(expected)
  })

  it('is none of these where it is a text, or nothing', async () => {
    expect(await inspect(Buffer.from('<html>hello</html>'))).toBeUndefined()
    expect(await inspect(Buffer.alloc(0))).toBeUndefined()
  })

  it('never breaks the reader, however it is cut or damaged', async () => {
    const whole = [png(1, 1), jpeg(1, 1), gif(1, 1), webp(1, 1), mp4(1000), mp3(10)]
    const damaged = fc
      .tuple(fc.constantFrom(...whole), fc.nat(6000), fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 8 }))
      .map(([file, end, changes]) => {
        const bytes = Buffer.from(file.subarray(0, end))
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
        return bytes
      })
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        await inspect(bytes)
      }),
      { numRuns: 300 },
    )
  })
})
