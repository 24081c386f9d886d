// The smallest files that are what they say, of any size in pixels, milliseconds and bytes.

export function png(width: number, height: number, sizeBytes = 100): Buffer {
  const bytes = Buffer.alloc(Math.max(sizeBytes, 33))
  Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1').copy(bytes)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

export function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), frame, Buffer.from([0xff, 0xd9])])
}

function box(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, content])
}

/** @param lengthAtEnd as cameras write it: what tells the length comes after the pictures */
export function isoMedia(brand: 'mp42' | 'M4A ', durationMs: number, pictureBytes = 1000, lengthAtEnd = false): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(durationMs, 16)
  const moov = box('moov', box('mvhd', header))
  const ftyp = box('ftyp', Buffer.from(`${brand}\0\0\0\0`, 'latin1'))
  const mdat = box('mdat', Buffer.alloc(pictureBytes))
  return Buffer.concat(lengthAtEnd ? [ftyp, mdat, moov] : [ftyp, moov, mdat])
}
