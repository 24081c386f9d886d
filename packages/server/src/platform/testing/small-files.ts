// Files of a few bytes that say of themselves what tests want: format, size, length.

export function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  const chunk = Buffer.concat([Buffer.from([0, 0, 0, 13]), Buffer.from('IHDR'), header, Buffer.alloc(4)])
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk])
}

/** With a segment before its size, as cameras write. */
export function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 10]), Buffer.from('Exif1234')])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), exif, frame, Buffer.from([0xff, 0xd9])])
}

export function gif(width: number, height: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16LE(width, 0)
  size.writeUInt16LE(height, 2)
  return Buffer.concat([Buffer.from('GIF89a'), size, Buffer.alloc(3)])
}

/** The extended form. */
export function webp(width: number, height: number): Buffer {
  const file = Buffer.alloc(30)
  file.write('RIFF', 0)
  file.write('WEBPVP8X', 8)
  file.writeUIntLE(width - 1, 24, 3)
  file.writeUIntLE(height - 1, 27, 3)
  return file
}

const box = (name: string, content: Buffer) => {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(content.length + 8, 0)
  header.write(name, 4)
  return Buffer.concat([header, content])
}

/** What tells the length stands at the end, as most encoders write. @param brand `isom`, or `M4A ` of a sound */
export function mp4(durationMs: number, brand = 'isom'): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(durationMs, 16)
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}0000`)),
    box('mdat', Buffer.alloc(5000)),
    box('moov', box('mvhd', header)),
  ])
}

/** MPEG 1 layer III at 128 kbit/s, of one rate. */
export function mp3(durationMs: number): Buffer {
  const file = Buffer.alloc(Math.round((durationMs * 128) / 8))
  file.set([0xff, 0xfb, 0x90, 0x00])
  return file
}
