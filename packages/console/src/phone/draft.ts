// A message before it is sent, of every kind a person can send, and how it leaves.
import { type Place, sendBody } from './acts-api.ts'
import type { ChatMessage } from './control-api.ts'
import { uploadFile } from './upload.ts'

export type Draft =
  | TextDraft
  | { type: 'sticker'; packageId: string; stickerId: string; keywords?: string[]; quotedMessageId?: string }
  | { type: 'image'; files: readonly File[] }
  | { type: 'video' | 'audio' | 'file'; file: File }
  | ({ type: 'location' } & Place)

export interface TextDraft {
  type: 'text'
  text: string
  emojis?: { index: number; length: number; productId: string; emojiId: string }[]
  mention?: { mentionees: ({ index: number; length: number } & ({ type: 'all' } | { userId: string }))[] }
  quotedMessageId?: string
}

export async function sendDraft(
  userId: string,
  chatId: string,
  draft: Draft,
  onProgress: (share: number) => void,
): Promise<ChatMessage[]> {
  switch (draft.type) {
    case 'text':
    case 'sticker':
    case 'location':
      return await sendBody(userId, chatId, draft)
    case 'image': {
      const uploadIds = await uploadAll(draft.files, onProgress)
      return await sendBody(userId, chatId, { type: 'image', uploadIds })
    }
    case 'video':
    case 'audio': {
      const { uploadId, durationMs } = await uploadFile(draft.file, onProgress)
      const length = durationMs ?? (await measureMs(draft.file))
      return await sendBody(userId, chatId, {
        type: draft.type,
        uploadId,
        ...(length !== undefined && { durationMs: length }),
      })
    }
    case 'file': {
      const { uploadId } = await uploadFile(draft.file, onProgress)
      return await sendBody(userId, chatId, { type: 'file', uploadId, fileName: draft.file.name.slice(-255) })
    }
    default:
      return draft satisfies never
  }
}

export async function uploadAll(files: readonly File[], onProgress: (share: number) => void): Promise<string[]> {
  const uploadIds: string[] = []
  for (const file of files) {
    const { uploadId } = await uploadFile(file, (share) => onProgress((uploadIds.length + share) / files.length))
    uploadIds.push(uploadId)
  }
  return uploadIds
}

/** What the browser says of a film or sound whose length the platform cannot read. */
function measureMs(file: File): Promise<number | undefined> {
  return new Promise((resolve) => {
    const player = document.createElement('audio')
    const url = URL.createObjectURL(file)
    const answer = (lengthMs: number | undefined) => {
      URL.revokeObjectURL(url)
      resolve(lengthMs)
    }
    player.addEventListener('loadedmetadata', () =>
      answer(Number.isFinite(player.duration) ? Math.round(player.duration * 1000) : undefined),
    )
    player.addEventListener('error', () => answer(undefined))
    player.src = url
  })
}
