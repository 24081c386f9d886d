// The still that stands for every film: a dark picture with a play mark. A PNG, made with the first request.
import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 240
const HEIGHT = 180
const DARK = 0x30
const LIGHT = 0xf0
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

let made: Buffer | undefined

export function videoPreviewPng(): Buffer {
  made ??= Buffer.concat([SIGNATURE, chunk('IHDR', header()), chunk('IDAT', deflateSync(pixels())), chunk('IEND')])
  return made
}

/** 8 bits a pixel, shades of grey. PNG specification, "IHDR" */
function header(): Buffer {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt32BE(WIDTH, 0)
  bytes.writeUInt32BE(HEIGHT, 4)
  bytes[8] = 8
  return bytes
}

/** Each row begins with its filter, 0: none. */
function pixels(): Buffer {
  const bytes = Buffer.alloc((WIDTH + 1) * HEIGHT, DARK)
  for (let y = 0; y < HEIGHT; y++) {
    const row = y * (WIDTH + 1)
    bytes[row] = 0
    for (let x = 0; x < WIDTH; x++) if (isInPlayMark(x, y)) bytes[row + 1 + x] = LIGHT
  }
  return bytes
}

/** A triangle that points to the right, in the middle. */
function isInPlayMark(x: number, y: number): boolean {
  const fromLeft = x - (WIDTH / 2 - 24)
  return fromLeft >= 0 && fromLeft <= 56 && Math.abs(y - HEIGHT / 2) <= (56 - fromLeft) / 1.75
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([size, named, check])
}
