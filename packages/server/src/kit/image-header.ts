// Format and size of an image, read from its first bytes: JPEG, PNG, GIF and WebP.

export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp'

export interface ImageHeader {
  readonly format: ImageFormat
  readonly width: number
  readonly height: number
}

/** Undefined where it is none of these, or breaks off before its size. */
export function readImageHeader(head: Buffer): ImageHeader | undefined {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return readJpeg(head)
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return readPng(head)
  const magic = head.toString('latin1', 0, 6)
  if (magic === 'GIF87a' || magic === 'GIF89a') return readGif(head)
  if (magic.startsWith('RIFF') && head.toString('latin1', 8, 12) === 'WEBP') return readWebp(head)
  return undefined
}

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, i) => head[i] === byte)
}

// PNG specification, "Chunk layout": IHDR comes first
function readPng(head: Buffer): ImageHeader | undefined {
  if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return { format: 'png', width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}

function readGif(head: Buffer): ImageHeader | undefined {
  if (head.length < 10) return undefined
  return { format: 'gif', width: head.readUInt16LE(6), height: head.readUInt16LE(8) }
}

/** Markers without a length: TEM, RSTn, SOI. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
/** Start of frame, which holds the size; C4, C8 and CC lie among them and are something else. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

// ITU-T T.81, annex B: segments of a marker, a length and that many bytes
function readJpeg(head: Buffer): ImageHeader | undefined {
  let at = 2
  while (at + 9 <= head.length) {
    if (head[at] !== 0xff) return undefined
    const marker = head[at + 1] ?? 0
    if (marker === 0xff)
      at += 1 // fill bytes
    else if (isBare(marker)) at += 2
    else if (isFrame(marker))
      return { format: 'jpeg', height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) }
    else at += 2 + Math.max(head.readUInt16BE(at + 2), 2)
  }
  return undefined
}

// WebP container specification: a lossy, a lossless or an extended first chunk
function readWebp(head: Buffer): ImageHeader | undefined {
  if (head.length < 30) return undefined
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { format: 'webp', width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = head.readUInt32LE(21)
      return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { format: 'webp', width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}
