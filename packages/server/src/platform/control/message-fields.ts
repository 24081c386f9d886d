// What a body must hold to be a message of a user, by kind.
import { STICKER_RESOURCE_TYPES } from '@hatoba/line/wire'
import { LONGEST_USER_TEXT, type SentFile, type TextContent, type UserMessage } from '../acts/user-message.ts'
import { type Chat, findMessage } from '../chats/chats.ts'
import type { StoredFile } from '../content/content-store.ts'
import type { PlatformCore } from '../core.ts'
import {
  given,
  httpUrl,
  listOf,
  numberOf,
  objectOf,
  oneOf,
  onlyTrue,
  type ReadResult,
  readWith,
  textLike,
  textOf,
  wholeNumber,
} from './read-fields.ts'

// LINE facts sheet, "Message contents in webhooks": at most 20 mentions, 15 keywords, 100 characters on a sticker
const MOST_MENTIONS = 20
const MOST_EMOJIS = 100
const LONGEST_PREPARING_MS = 24 * 60 * 60_000
const MOST_IMAGES = 20

const digits = textLike(/^\d{1,20}$/, 'decimal digits')
const place = wholeNumber(0, LONGEST_USER_TEXT)
const span = { index: place, length: wholeNumber(1, LONGEST_USER_TEXT) }
const emoji = objectOf({ ...span, productId: textOf(1, 50), emojiId: textOf(1, 50) }, [
  'index',
  'length',
  'productId',
  'emojiId',
])
const mentionee = objectOf({ ...span, type: oneOf('user', 'all'), userId: textOf(1, 33) }, ['index', 'length'])
export const uploadId = textLike(/^[0-9a-f]{32}$/, 'the id of an upload')

const TEXT_FIELDS = {
  type: oneOf('text'),
  text: textOf(1, LONGEST_USER_TEXT),
  emojis: listOf(emoji, 1, MOST_EMOJIS),
  mention: objectOf({ mentionees: listOf(mentionee, 1, MOST_MENTIONS) }, ['mentionees']),
  quotedMessageId: digits,
}
const STICKER_FIELDS = {
  type: oneOf('sticker'),
  packageId: digits,
  stickerId: digits,
  stickerResourceType: oneOf(...STICKER_RESOURCE_TYPES),
  keywords: listOf(textOf(1, 100), 1, 15),
  text: textOf(1, 100),
  quotedMessageId: digits,
}
const SOURCE_FIELDS = { uploadId, originalContentUrl: httpUrl, previewImageUrl: httpUrl }
const IMAGE_FIELDS = { type: oneOf('image'), ...SOURCE_FIELDS, uploadIds: listOf(uploadId, 1, MOST_IMAGES) }
const PLAYED_FIELDS = {
  type: oneOf('video', 'audio'),
  ...SOURCE_FIELDS,
  durationMs: wholeNumber(0, 24 * 60 * 60_000),
  preparingMs: wholeNumber(0, LONGEST_PREPARING_MS),
  preparingFails: onlyTrue,
}
const FILE_FIELDS = { type: oneOf('file'), uploadId, fileName: textOf(1, 255) }
export const LOCATION_FIELDS = {
  title: textOf(0, 1000),
  address: textOf(0, 1000),
  latitude: numberOf(-90, 90),
  longitude: numberOf(-180, 180),
}

export type GivenMessage =
  | { message: UserMessage; sentFile?: SentFile }
  /** Pictures that belong together. */
  | { images: StoredFile[] }

const KINDS = oneOf('text', 'sticker', 'image', 'video', 'audio', 'file', 'location')

export function readMessage(core: PlatformCore, chat: Chat | undefined, body: unknown): ReadResult<GivenMessage> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { ok: false, message: 'The body must be an object.' }
  const type = 'type' in body ? body.type : undefined
  if (type === undefined) return { ok: false, message: 'body.type is missing.' }
  const kind = KINDS(type)
  if (!kind.ok) return { ok: false, message: `body.type must be ${kind.must}.` }
  switch (kind.value) {
    case 'text':
      return readText(chat, body)
    case 'sticker': {
      const read = readWith(body, STICKER_FIELDS, ['type', 'packageId', 'stickerId'])
      if (!read.ok) return read
      const { stickerResourceType = 'STATIC', ...sticker } = read.value
      const quoted = checkQuoted(chat, sticker.quotedMessageId)
      return quoted ?? ok({ message: { ...given(sticker), ...sticker, stickerResourceType } as UserMessage }) // read above
    }
    case 'image':
      return readImage(core, body)
    case 'video':
    case 'audio':
      return readPlayed(core, body)
    case 'file': {
      const read = readWith(body, FILE_FIELDS, ['type', 'uploadId', 'fileName'])
      if (!read.ok) return read
      const { uploadId: fileId, fileName } = read.value
      const file = core.contents.findFile(fileId)
      if (file === undefined) return noUpload(fileId)
      return ok({ message: { type: 'file', fileName, fileSize: file.sizeBytes }, sentFile: { file } })
    }
    case 'location': {
      const read = readWith(body, { type: oneOf('location'), ...LOCATION_FIELDS }, ['type', 'latitude', 'longitude'])
      return read.ok ? ok({ message: read.value as UserMessage }) : read // its fields are those of a location
    }
    default:
      return kind.value satisfies never
  }
}

/** The body of a text, sent or edited. */
export function readText(chat: Chat | undefined, body: unknown): ReadResult<{ message: TextContent }> {
  const read = readWith(body, TEXT_FIELDS, ['type', 'text'])
  if (!read.ok) return read
  const { mention, ...text } = read.value
  const wrong = mention?.mentionees.findIndex(
    ({ type = 'user', userId }) => (type === 'user') !== (userId !== undefined),
  )
  if (wrong !== undefined && wrong !== -1)
    return { ok: false, message: `body.mention.mentionees[${wrong}] must name a userId, or be of type all.` }
  const mentionees = mention?.mentionees.map(({ type = 'user', ...one }) => ({ type, ...one }))
  const message = { ...text, ...(mentionees !== undefined && { mention: { mentionees } }) } as TextContent // as checked
  return checkQuoted(chat, text.quotedMessageId) ?? { ok: true, value: { message } }
}

function readImage(core: PlatformCore, body: unknown): ReadResult<GivenMessage> {
  const read = readWith(body, IMAGE_FIELDS, ['type'])
  if (!read.ok) return read
  const { uploadIds } = read.value
  if (uploadIds === undefined)
    return readSource(core, read.value, (contentProvider) => ({ type: 'image', contentProvider }))
  const images: StoredFile[] = []
  for (const fileId of uploadIds) {
    const file = core.contents.findFile(fileId)
    if (file === undefined) return noUpload(fileId)
    images.push(file)
  }
  return ok({ images })
}

function readPlayed(core: PlatformCore, body: unknown): ReadResult<GivenMessage> {
  const read = readWith(body, PLAYED_FIELDS, ['type'])
  if (!read.ok) return read
  const { type, durationMs, preparingMs, preparingFails } = read.value
  const made = readSource(core, read.value, (contentProvider, file) => {
    const duration = durationMs ?? file?.durationMs
    return { type, contentProvider, ...(duration !== undefined && { duration }) }
  })
  if (!made.ok || !('sentFile' in made.value) || made.value.sentFile === undefined) return made
  const { message, sentFile } = made.value
  return ok({ message, sentFile: { ...sentFile, ...given({ preparingMs, preparingFails }) } })
}

type ProviderOf = Extract<UserMessage, { type: 'image' }>['contentProvider']

function readSource(
  core: PlatformCore,
  source: { uploadId?: string; originalContentUrl?: string; previewImageUrl?: string },
  make: (contentProvider: ProviderOf, file?: StoredFile) => UserMessage,
): ReadResult<GivenMessage> {
  const { uploadId: fileId, originalContentUrl, previewImageUrl } = source
  if ((fileId === undefined) === (originalContentUrl === undefined))
    return { ok: false, message: 'The body must have either an uploadId or an originalContentUrl.' }
  if (originalContentUrl !== undefined)
    return ok({ message: make({ type: 'external', originalContentUrl, ...(previewImageUrl && { previewImageUrl }) }) })
  const file = core.contents.findFile(fileId ?? '')
  if (file === undefined) return noUpload(fileId ?? '')
  return ok({ message: make({ type: 'line' }, file), sentFile: { file } })
}

function checkQuoted(
  chat: Chat | undefined,
  messageId: string | undefined,
): { ok: false; message: string } | undefined {
  if (messageId === undefined) return undefined
  const quoted = chat && findMessage(chat, messageId)
  if (quoted?.quoteToken !== undefined && quoted.unsent === undefined) return undefined
  return { ok: false, message: `body.quotedMessageId must be the id of a message of this chat that can be quoted.` }
}

const ok = (value: GivenMessage): ReadResult<GivenMessage> => ({ ok: true, value })

const noUpload = (fileId: string): { ok: false; message: string } => ({
  ok: false,
  message: `There is no upload ${fileId}.`,
})
