import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../../kit/clock.ts'
import { ContentStore } from './content-store.ts'

const id = (digit: string) => digit.repeat(32)
const bytes = (count: number) => [Buffer.alloc(count)]
const store = new ContentStore(systemClock, () => undefined, 100)
afterEach(() => store.close())

async function upload(fileId: string, sizeBytes: number) {
  const received = await store.receive(fileId, bytes(sizeBytes), 80)
  if (received.ok) store.addFile({ fileId, mediaType: 'image/png', sizeBytes, uploadedAtMs: 0 })
  return received.ok ? 'kept' : received.refused
}

it('counts what lies on the disk once, however often it is forgotten and restored', async () => {
  expect(await upload(id('1'), 60)).toBe('kept')
  const rows = [...store.rows()]
  for (let i = 0; i < 3; i++) {
    store.clear()
    for (const row of rows) store.restore(row)
  }
  expect([store.hasRoomFor(40), store.hasRoomFor(41)]).toEqual([true, false])
  store.clear()
  expect(store.hasRoomFor(41)).toBe(false) // the bytes are there until the next start
  expect(await upload(id('2'), 41)).toBe('no_room')
  expect(await upload(id('3'), 81)).toBe('too_large')
  expect(await upload(id('4'), 40)).toBe('kept')
  await store.discard(id('4'))
  expect(store.hasRoomFor(40)).toBe(true)
})
