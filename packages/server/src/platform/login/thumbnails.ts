// Square thumbnails: the middle of the picture, each pixel the mean of those that it stands for.
import { createRequire } from 'node:module'
import type * as JpegJs from 'jpeg-js'
import type * as PngJs from 'pngjs'
import type { ImageFormat } from '../../kit/image-header.ts'

interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue and opacity, a byte each. */
  readonly data: Uint8Array
}

const MOST_MEMORY_MB = 300
const load = createRequire(import.meta.url) // both are CommonJS; loaded with the first thumbnail

/** A PNG of that many pixels a side; undefined where the picture cannot be read, or is neither PNG nor JPEG. */
export function thumbnailOf(bytes: Buffer, format: ImageFormat, side: number): Buffer | undefined {
  const { PNG } = load('pngjs') as typeof PngJs
  let picture: Pixels
  try {
    if (format === 'png') picture = PNG.sync.read(bytes)
    else if (format === 'jpeg')
      picture = (load('jpeg-js') as typeof JpegJs).decode(bytes, {
        useTArray: true,
        maxMemoryUsageInMB: MOST_MEMORY_MB,
      })
    else return undefined
  } catch {
    return undefined // the decoders throw plain errors at bytes that are no picture
  }
  const thumbnail = new PNG({ width: side, height: side })
  shrink(picture, thumbnail.data, side)
  return PNG.sync.write(thumbnail)
}

function shrink({ width, height, data }: Pixels, target: Uint8Array, side: number): void {
  const square = Math.min(width, height)
  const left = (width - square) / 2
  const top = (height - square) / 2
  const step = square / side
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const fromX = Math.floor(left + x * step)
      const fromY = Math.floor(top + y * step)
      const toX = Math.max(fromX + 1, Math.floor(left + (x + 1) * step))
      const toY = Math.max(fromY + 1, Math.floor(top + (y + 1) * step))
      const sums = [0, 0, 0, 0]
      let count = 0
      for (let v = fromY; v < toY && v < height; v++)
        for (let u = fromX; u < toX && u < width; u++, count++)
          for (let c = 0; c < 4; c++) sums[c] = (sums[c] ?? 0) + (data[(v * width + u) * 4 + c] ?? 0)
      for (let c = 0; c < 4; c++) target[(y * side + x) * 4 + c] = Math.round((sums[c] ?? 0) / Math.max(count, 1))
    }
}
