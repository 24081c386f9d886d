// Pictures for messages of bots, drawn here as PNG files: a wharf with a ferry, in colours of the picture's number.
import { crc32, deflateSync } from 'node:zlib'

type Colour = readonly [number, number, number]

const SKIES: readonly (readonly [Colour, Colour, Colour])[] = [
  [
    [247, 178, 103],
    [244, 132, 95],
    [43, 76, 94],
  ],
  [
    [142, 202, 230],
    [217, 240, 247],
    [27, 111, 138],
  ],
  [
    [91, 95, 151],
    [246, 165, 192],
    [38, 53, 94],
  ],
  [
    [168, 218, 220],
    [241, 250, 238],
    [69, 123, 157],
  ],
]
const DECK: Colour = [247, 250, 251]
const HULL: Colour = [20, 36, 45]
const FUNNEL: Colour = [194, 63, 38]

export function drawPng(width: number, height: number, number = 0): Buffer {
  const [high, low, sea] = SKIES[number % SKIES.length] ?? [DECK, DECK, HULL]
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(x / width, y / height, number, high, low, sea)
      for (let part = 0; part < 3; part++) rows[y * (width * 3 + 1) + 1 + x * 3 + part] = colour[part] ?? 0
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8) // 8 bits, red green blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** All from 0 to 1. */
function colourAt(x: number, y: number, number: number, high: Colour, low: Colour, sea: Colour): Colour {
  const ferry = x - 0.32 - (number % 3) * 0.08
  if (y > 0.58 && y < 0.68 && ferry > (y - 0.58) * 0.5 && ferry < 0.36 - (y - 0.58) * 0.5) return HULL
  if (y > 0.5 && y <= 0.58 && ferry > 0.05 && ferry < 0.3) return DECK
  if (y > 0.44 && y <= 0.5 && ferry > 0.09 && ferry < 0.24) return DECK
  if (y > 0.37 && y <= 0.44 && ferry > 0.14 && ferry < 0.19) return FUNNEL
  if ((x - 0.2 - (number % 4) * 0.17) ** 2 + (y - 0.24) ** 2 < 0.006) return [255, 244, 214]
  if (y > 0.62) return Math.sin(x * 40 + y * 90) > 0.93 ? [200, 224, 232] : sea
  const share = y / 0.62
  return [0, 1, 2].map((part) =>
    Math.round((high[part] ?? 0) * (1 - share) + (low[part] ?? 0) * share),
  ) as unknown as Colour // three parts
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
