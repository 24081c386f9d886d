// A QR code as an SVG, and the reading of one from a picture.
import { encode } from 'uqr'
import './qr-code.css'

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 3 })
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect className="qr-light" width={size} height={size} />
      <path className="qr-dark" d={path} shapeRendering="crispEdges" />
    </svg>
  )
}

const LONGEST_SIDE_PX = 1200

/** What the QR code in a picture says; undefined where there is none. */
export async function readQrCode(picture: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined)
  if (bitmap === undefined) return undefined
  const shrunk = Math.min(1, LONGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * shrunk))
  const height = Math.max(1, Math.round(bitmap.height * shrunk))
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  pen?.drawImage(bitmap, 0, 0, width, height)
  const pixels = pen?.getImageData(0, 0, width, height)
  const { default: jsQR } = await import('jsqr') // only who scans loads it
  return (pixels && jsQR(pixels.data, width, height)?.data) || undefined
}
