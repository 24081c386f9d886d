// The links under which customers fetch people's files: `/media/{ulid}.{extension}?expires=...&signature=...`. All that
// the answer needs stands in the link and is signed, so that any process can serve it without asking anybody.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { MediaId, MediaLinks } from '../core/media.ts'
import { mediaIdToUlid, ulidToMediaId } from './media-store.ts'

export const MEDIA_PATH = '/media'
export const THUMBNAIL_NAME = 'thumbnail.png'

// Upper case only: a file has one link, not one per spelling.
const NAME = /^([0-7][0-9A-HJKMNP-TV-Z]{25})\.([a-z0-9]{1,8})$/
const EXPIRES = /^[1-9]\d{0,11}$/
const LONGEST_FILE_NAME = 255

export type CheckedLink =
  | { kind: 'valid'; mediaId: MediaId; extension: string; fileName: string | undefined; expiresAtMs: number }
  | { kind: 'expired' }
  | { kind: 'forged' }

export interface SignedLinks extends MediaLinks {
  check(name: string, query: Readonly<Record<string, unknown>>, nowMs: number): CheckedLink
}

export interface LinkOptions {
  /** The first signs, all of them are accepted; 32 bytes each. */
  keys: readonly [Uint8Array, ...Uint8Array[]]
  /** The base of URLs given away, without a slash at the end. */
  publicUrl(): string
}

export function signedLinks({ keys, publicUrl }: LinkOptions): SignedLinks {
  const sign = (key: Uint8Array, name: string, expires: string, fileName: string): string =>
    createHmac('sha256', key).update(`media\n${name}\n${expires}\n${fileName}`).digest('base64url')

  return {
    linkTo({ mediaId, extension, fileName = '' }, expiresAtMs) {
      const name = `${mediaIdToUlid(mediaId)}.${extension}`
      const expires = String(Math.floor(expiresAtMs / 1000))
      const shown = fileName.slice(0, LONGEST_FILE_NAME).toWellFormed()
      const query = new URLSearchParams({ expires, ...(shown !== '' && { name: shown }) })
      query.set('signature', sign(keys[0], name, expires, shown))
      return `${publicUrl()}${MEDIA_PATH}/${name}?${query}`
    },

    standInThumbnailUrl: () => `${publicUrl()}${MEDIA_PATH}/${THUMBNAIL_NAME}`,

    check(name, { expires, signature, name: fileName = '' }, nowMs) {
      const [, ulid = '', extension = ''] = NAME.exec(name) ?? []
      const mediaId = ulidToMediaId(ulid)
      if (mediaId === undefined || typeof expires !== 'string' || !EXPIRES.test(expires)) return { kind: 'forged' }
      if (typeof signature !== 'string' || typeof fileName !== 'string') return { kind: 'forged' }
      if (!keys.some((key) => isSame(signature, sign(key, name, expires, fileName)))) return { kind: 'forged' }
      const expiresAtMs = Number(expires) * 1000
      if (expiresAtMs <= nowMs) return { kind: 'expired' }
      return { kind: 'valid', mediaId, extension, fileName: fileName === '' ? undefined : fileName, expiresAtMs }
    },
  }
}

/** Compares the text, not what it decodes to: of base64 several texts mean the same. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
