// What LINE's clients take behind the URLs of a message, for both API profiles. Nobody checks it when a message is sent
// (LINE facts sheet, "Messages"): it decides whether the user sees the file.
import type { ApiProfile } from './limits.ts'

export type MediaFormat = 'jpeg' | 'png' | 'mp4' | 'm4a' | 'mp3'

export interface MediaLimits {
  formats: readonly MediaFormat[]
  /** null: LINE states no limit. */
  maxBytes: number | null
  maxWidth: number | null
  maxHeight: number | null
  /** A file must be shorter than this. */
  belowMs: number | null
  /** Width divided by height. */
  aspectRatio: number | null
  source: string
}

const MB = 1024 * 1024
const MINUTE_MS = 60_000
const JPEG = ['jpeg'] as const
const IMAGE = ['jpeg', 'png'] as const
const SEND_2017 = 'LINE reference 2017, "Send message object"'
const CURRENT = 'LINE reference, "Message objects"'

const none = { maxBytes: null, maxWidth: null, maxHeight: null, belowMs: null, aspectRatio: null }
const in2017 = { ...none, source: SEND_2017 }
const current = { ...none, source: CURRENT }

const preview2017: MediaLimits = { ...in2017, formats: JPEG, maxBytes: MB, maxWidth: 240, maxHeight: 240 }
const preview: MediaLimits = { ...current, formats: IMAGE, maxBytes: MB }
const icon: MediaLimits = { ...current, formats: ['png'], maxBytes: MB, aspectRatio: 1 }
// The page of 2017 gives "1:1.51" for what is 1.51 wide and 1 high everywhere else.
const thumbnail2017: MediaLimits = { ...in2017, formats: IMAGE, maxBytes: MB, maxWidth: 1024, aspectRatio: 1.51 }
const thumbnail: MediaLimits = { ...current, formats: IMAGE, maxBytes: 10 * MB, maxWidth: 1024 }
const video: MediaLimits = { ...current, formats: ['mp4'], maxBytes: 200 * MB }

/** By the place of the URL; null where a profile does not know the property. */
export const MEDIA_LIMITS = {
  'image.originalContentUrl': {
    '2017': { ...in2017, formats: JPEG, maxBytes: MB, maxWidth: 1024, maxHeight: 1024 },
    current: { ...current, formats: IMAGE, maxBytes: 10 * MB },
  },
  'image.previewImageUrl': { '2017': preview2017, current: preview },
  'video.originalContentUrl': {
    '2017': { ...in2017, formats: ['mp4'], maxBytes: 10 * MB, belowMs: MINUTE_MS },
    current: video,
  },
  'video.previewImageUrl': { '2017': preview2017, current: preview },
  'audio.originalContentUrl': {
    '2017': { ...in2017, formats: ['m4a'], maxBytes: 10 * MB, belowMs: MINUTE_MS },
    current: { ...current, formats: ['mp3', 'm4a'], maxBytes: 200 * MB },
  },
  'imagemap.baseUrl': {
    '2017': { ...in2017, formats: IMAGE },
    current: { ...current, formats: IMAGE, maxBytes: 10 * MB },
  },
  'imagemap.video.originalContentUrl': { '2017': null, current: video },
  'imagemap.video.previewImageUrl': { '2017': null, current: preview },
  'buttons.thumbnailImageUrl': { '2017': thumbnail2017, current: thumbnail },
  'carousel.thumbnailImageUrl': { '2017': thumbnail2017, current: thumbnail },
  'imageCarousel.imageUrl': {
    '2017': { ...thumbnail2017, aspectRatio: 1 },
    current: { ...thumbnail, aspectRatio: 1 },
  },
  'quickReply.imageUrl': { '2017': null, current: icon },
  'sender.iconUrl': { '2017': null, current: icon },
} as const satisfies Readonly<Record<string, Readonly<Record<ApiProfile, MediaLimits | null>>>>

// LINE reference, "How to configure an image": LINE loads `{baseUrl}/{width}`.
export const IMAGEMAP_WIDTHS = [240, 300, 460, 700, 1040] as const
