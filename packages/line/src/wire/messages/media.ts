import { added, type Fields, number, object, oneOf, type Rule, required, text } from '../rules/rule.ts'
import { fileUrl } from '../rules/uri.ts'
import { type CommonFields, commonFields } from './common-fields.ts'

// LINE reference, "Message objects", image, video, audio. LINE's servers do not load the files: its clients do.
export interface ImageMessage extends CommonFields {
  type: 'image'
  originalContentUrl: string
  previewImageUrl: string
}

export interface VideoMessage extends CommonFields {
  type: 'video'
  originalContentUrl: string
  previewImageUrl: string
  /** Asks for a videoPlayComplete event. */
  trackingId?: string
}

export interface AudioMessage extends CommonFields {
  type: 'audio'
  originalContentUrl: string
  /** Milliseconds. */
  duration: number
}

const imageFields: Fields<ImageMessage> = {
  type: required(oneOf(['image'])),
  originalContentUrl: required(fileUrl('image.originalContentUrl')),
  previewImageUrl: required(fileUrl('image.previewImageUrl')),
  ...commonFields,
}

const videoFields: Fields<VideoMessage> = {
  type: required(oneOf(['video'])),
  originalContentUrl: required(fileUrl('video.originalContentUrl')),
  previewImageUrl: required(fileUrl('video.previewImageUrl')),
  trackingId: added(text({ limit: 'video.trackingId', pattern: /^[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>[\]]*$/ })),
  ...commonFields,
}

const audioFields: Fields<AudioMessage> = {
  type: required(oneOf(['audio'])),
  originalContentUrl: required(fileUrl('audio.originalContentUrl')),
  duration: required(number({ min: 0 })),
  ...commonFields,
}

export const imageMessage: Rule<ImageMessage> = object(imageFields)
export const videoMessage: Rule<VideoMessage> = object(videoFields)
export const audioMessage: Rule<AudioMessage> = object(audioFields)
