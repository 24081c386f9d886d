// The files that users send: their bytes, a preview, and whether a film or sound is ready to be fetched.
import { Readable } from 'node:stream'
import { botOf, findMessage } from '../chats/chats.ts'
import type { ContentKind, MessageContent } from '../content/content-store.ts'
import { videoPreviewPng } from '../content/video-preview.ts'
import type { PlatformCore } from '../core.ts'
import { type Answer, errorAnswer, jsonAnswer } from './answers.ts'
import type { ChannelCall, ChannelOperation } from './operation.ts'

const NOT_FOUND = errorAnswer(404, 'not found')
const GONE = errorAnswer(410, 'The content is gone')

/** LINE reference, "Get content". */
export const getMessageContent: ChannelOperation = {
  name: 'getMessageContent',
  method: 'GET',
  path: '/v2/bot/message/:messageId/content',
  auth: 'channel',
  body: 'none',
  host: 'data',
  handle(call, core): Answer {
    const content = findContent(call, core)
    if (content === undefined) return NOT_FOUND
    if (content.gone) return GONE
    // LINE reference, "Get content": not to be had while it is prepared. unconfirmed: what comes with the status
    if (!core.contents.isPrepared(content)) return { status: 202, body: '' }
    // unconfirmed: how a file is answered that could not be prepared
    return content.preparingFails ? NOT_FOUND : originalOf(content, core)
  },
}

/**
 * LINE reference, "Get a preview image of the image or video". Of an image it is the image itself: nothing here draws
 * images anew. Of a film, whose pictures nothing here can read, it is a plain still of our own.
 */
export const getMessageContentPreview: ChannelOperation = {
  name: 'getMessageContentPreview',
  method: 'GET',
  path: '/v2/bot/message/:messageId/content/preview',
  auth: 'channel',
  body: 'none',
  host: 'data',
  handle(call, core): Answer {
    const content = findContent(call, core)
    const refused = refuse(content, call, core, ['image', 'video'], 'The content can not be previewed')
    if (refused !== undefined || content === undefined) return refused ?? NOT_FOUND
    return content.kind === 'image' ? originalOf(content, core) : stillOfFilm()
  },
}

/** LINE reference, "Verify the preparation status of a video or audio for getting". */
export const getMessageContentTranscodingByMessageId: ChannelOperation = {
  name: 'getMessageContentTranscodingByMessageId',
  method: 'GET',
  path: '/v2/bot/message/:messageId/content/transcoding',
  auth: 'channel',
  body: 'none',
  host: 'data',
  handle(call, core): Answer {
    const content = findContent(call, core)
    const wording = "Transcoding status doesn't support this type of content"
    const refused = refuse(content, call, core, ['video', 'audio'], wording)
    if (refused !== undefined || content === undefined) return refused ?? NOT_FOUND
    if (!core.contents.isPrepared(content)) return jsonAnswer(200, { status: 'processing' })
    return jsonAnswer(200, { status: content.preparingFails ? 'failed' : 'succeeded' })
  },
}

/** Undefined too where it was sent to another bot. */
function findContent({ channel, params }: ChannelCall, { contents }: PlatformCore): MessageContent | undefined {
  const content = contents.find(params.messageId ?? '')
  return content?.channelId === channel.channelId ? content : undefined
}

/** What is answered where the message is not of a kind that has such a thing. */
function refuse(
  content: MessageContent | undefined,
  call: ChannelCall,
  core: PlatformCore,
  kinds: readonly ContentKind[],
  wording: string,
): Answer | undefined {
  if (content === undefined) return isOtherMessage(call, core) ? errorAnswer(400, wording) : NOT_FOUND
  if (content.gone) return GONE
  return kinds.includes(content.kind) ? undefined : errorAnswer(400, wording)
}

/** A message of this bot's chats that carries no file. */
function isOtherMessage({ channel, params }: ChannelCall, { chats }: PlatformCore): boolean {
  const { messageId = '' } = params
  for (const chat of chats.all())
    if (botOf(chat) === channel.channelId && findMessage(chat, messageId) !== undefined) return true
  return false
}

function stillOfFilm(): Answer {
  const png = videoPreviewPng()
  const open = () => Readable.from([png])
  return { status: 200, body: '', binary: { mediaType: 'image/png', sizeBytes: png.length, open } }
}

function originalOf(content: MessageContent, { contents }: PlatformCore): Answer {
  const file = contents.findFile(content.fileId)
  if (file === undefined) return NOT_FOUND
  const { mediaType, sizeBytes } = file
  return { status: 200, body: '', binary: { mediaType, sizeBytes, open: () => contents.read(file) } }
}
