import { describe, expect, it } from 'vitest'
import { verifies } from '../../../../../../tests/testkit/verifies.ts'
import type { ProbedMedia } from '../../core/media.ts'
import { checkCardImage, checkMedia } from './check-media.ts'

type Found = ProbedMedia & { kind: 'found' }
const URL_ = 'https://example.com/file'
const found = (facts: Partial<Found>): Found => ({
  kind: 'found',
  format: 'png',
  sizeBytes: 1000,
  mediaType: undefined,
  ...facts,
})
const MB = 1024 * 1024

describe('a file', () => {
  it.each([
    ['image.originalContentUrl', { format: 'png', sizeBytes: 10 * MB }, undefined],
    ['image.originalContentUrl', { format: 'jpeg', width: 9000, height: 9000 }, undefined],
    ['image.originalContentUrl', { sizeBytes: 10 * MB + 1 }, 'media-too-large'],
    ['image.originalContentUrl', { format: 'gif' }, 'media-type-unsupported'],
    ['image.originalContentUrl', { format: undefined }, 'media-type-unsupported'],
    ['image.previewImageUrl', { sizeBytes: MB }, undefined],
    ['image.previewImageUrl', { sizeBytes: MB + 1 }, 'media-too-large'],
    ['video.originalContentUrl', { format: 'mp4', sizeBytes: 200 * MB, durationMs: 3_600_000 }, undefined],
    ['video.originalContentUrl', { format: 'mp4', sizeBytes: 200 * MB + 1 }, 'media-too-large'],
    ['video.originalContentUrl', { format: 'm4a' }, 'media-type-unsupported'],
    ['video.previewImageUrl', { sizeBytes: MB + 1 }, 'media-too-large'],
    ['audio.originalContentUrl', { format: 'm4a', sizeBytes: 200 * MB }, undefined],
    ['audio.originalContentUrl', { format: 'mp3' }, undefined],
    ['audio.originalContentUrl', { format: 'm4a', sizeBytes: 200 * MB + 1 }, 'media-too-large'],
    ['audio.originalContentUrl', { format: 'mp4' }, 'media-type-unsupported'],
  ] as const)('at %s is held to what LINE shows: %o', (place, facts, code) => {
    verifies(
      'sinch.send.media-image-formats',
      'sinch.send.media-image-10mb',
      'sinch.send.media-video-formats',
      'sinch.send.media-video-200mb',
      'sinch.send.media-thumbnail-1mb',
      'sinch.send.media-audio-formats',
      'sinch.send.media-audio-200mb',
    )
    const failure = checkMedia(place, 'current', URL_, found(facts))
    expect(failure?.code).toBe(code)
    if (failure !== undefined) expect(failure.description).toContain(`[${URL_}]`)
  })

  it.each([
    ['image.originalContentUrl', { format: 'jpeg', sizeBytes: MB, width: 1024, height: 1024 }, undefined],
    ['image.originalContentUrl', { format: 'png' }, 'media-type-unsupported'],
    ['image.originalContentUrl', { format: 'jpeg', width: 1025 }, 'media-too-large'],
    ['image.originalContentUrl', { format: 'jpeg', height: 1025 }, 'media-too-large'],
    ['video.originalContentUrl', { format: 'mp4', durationMs: 59_999 }, undefined],
    ['video.originalContentUrl', { format: 'mp4', durationMs: 60_000 }, 'media-too-large'],
    ['audio.originalContentUrl', { format: 'mp3' }, 'media-type-unsupported'],
  ] as const)('at %s is held to the limits of 2017 on such a channel: %o', (place, facts, code) => {
    expect(checkMedia(place, '2017', URL_, found(facts))?.code).toBe(code)
  })
})

it.each([
  [1024, 678, undefined],
  [1024, 1024, undefined],
  [1000, 662, undefined],
  [151, 100, undefined],
  [1000, 1019, undefined],
  [1000, 981, undefined],
  [1540, 1000, 'media-too-large'],
  [1025, 679, 'media-too-large'],
  [1000, 1021, 'bad-content'],
  [1000, 979, 'bad-content'],
  [154, 98, 'bad-content'],
  [662, 1000, 'bad-content'],
  [undefined, undefined, 'media-type-unsupported'],
])('holds the image of a card to its width and shape: %s x %s', (width, height, code) => {
  const facts = width === undefined || height === undefined ? {} : { width, height }
  expect(checkCardImage('current', URL_, found(facts))?.code).toBe(code)
})
