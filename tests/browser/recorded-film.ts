// A film of half a second, recorded by the browser under test from a canvas: whatever it records it can play.
import type { Page } from 'playwright-core'

const RECORD = `(async () => {
  const canvas = document.createElement('canvas')
  canvas.width = 320
  canvas.height = 180
  const pen = canvas.getContext('2d')
  const type = ['video/mp4;codecs=vp9', 'video/mp4;codecs=av01.0.01M.08', 'video/mp4'].find((t) => MediaRecorder.isTypeSupported(t))
  if (type === undefined) throw new Error('this browser records no MP4')
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: type })
  const parts = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
  recorder.start()
  const begun = performance.now()
  while (performance.now() - begun < 500) {
    pen.fillStyle = 'hsl(' + (performance.now() % 360) + ' 60% 50%)'
    pen.fillRect(0, 0, 320, 180)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  recorder.stop()
  await stopped
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
})()`

export async function recordFilm(page: Page): Promise<Buffer> {
  return Buffer.from(await page.evaluate<string>(RECORD), 'base64')
}
