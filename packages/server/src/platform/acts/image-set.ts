// Pictures that are sent together: each is a message and an event of its own. LINE reference, "Image message":
// imageSet tells which belong together.
import type { StoredFile } from '../content/content-store.ts'
import type { PlatformCore } from '../core.ts'
import { type ActOutcome, recordAct, refuse, type Seat, whyMute } from './act.ts'
import { putMessage, type SentByUser } from './send-message.ts'

export function sendImages(core: PlatformCore, seat: Seat, files: readonly StoredFile[]): ActOutcome<SentByUser[]> {
  const mute = whyMute(core, seat)
  if (mute !== undefined) return refuse(mute)
  return { ok: true, value: putImages(core, seat, files, recordAct(core, 'message', seat)) }
}

export function putImages(core: PlatformCore, seat: Seat, files: readonly StoredFile[], causeId: number): SentByUser[] {
  const contentProvider = { type: 'line' as const }
  const [first] = files
  if (files.length === 1 && first !== undefined)
    return [putMessage(core, seat, { type: 'image', contentProvider }, causeId, { file: first })]
  const id = core.identifiers.imageSetId()
  return files.map((file, i) => {
    const imageSet = { id, index: i + 1, total: files.length }
    return putMessage(core, seat, { type: 'image', contentProvider, imageSet }, causeId, { file })
  })
}
