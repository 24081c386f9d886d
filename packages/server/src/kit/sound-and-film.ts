// Kind and length of a film or sound: MP4 and M4A (ISO base media) and MP3. Read in pieces, since what tells the
// length of a film may stand at the very end of a large file.
/** Fewer bytes than asked for where the file ends before. */
export type ReadAt = (position: number, sizeBytes: number) => Promise<Buffer>

export interface PlayedFile {
  readonly format: 'mp4' | 'm4a' | 'mp3'
  readonly durationMs?: number
}

const MOST_BOXES = 1000
const MOVIE_HEADER_BYTES = 32

/** Undefined where it is neither. */
export async function readPlayedFile(readAt: ReadAt, sizeBytes: number, head: Buffer): Promise<PlayedFile | undefined> {
  if (head.length >= 12 && head.toString('latin1', 4, 8) === 'ftyp') return readIsoMedia(readAt, sizeBytes, head)
  return readMp3(head, sizeBytes)
}

// ISO/IEC 14496-12: boxes of a length, a name and content; moov/mvhd holds timescale and duration
async function readIsoMedia(readAt: ReadAt, sizeBytes: number, head: Buffer): Promise<PlayedFile> {
  const brand = head.toString('latin1', 8, 12)
  const moov = await findBox(readAt, 'moov', 0, sizeBytes)
  const mvhd = moov && (await findBox(readAt, 'mvhd', moov.from, moov.to))
  // A sound without the M4A brand has no track of pictures; players look at the tracks too.
  const format = brand.startsWith('M4A') || brand.startsWith('M4B') ? 'm4a' : 'mp4'
  if (mvhd === undefined) return { format }
  const header = await readAt(mvhd.from, MOVIE_HEADER_BYTES)
  const version = header[0]
  if (header.length < (version === 1 ? 32 : 20)) return { format }
  const timescale = header.readUInt32BE(version === 1 ? 20 : 12)
  const duration = version === 1 ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16)
  return timescale === 0 ? { format } : { format, durationMs: Math.round((duration / timescale) * 1000) }
}

async function findBox(
  readAt: ReadAt,
  name: string,
  from: number,
  to: number,
): Promise<{ from: number; to: number } | undefined> {
  let at = from
  for (let i = 0; i < MOST_BOXES && at + 8 <= to; i++) {
    const header = await readAt(at, 16)
    if (header.length < 8) return undefined
    let length = header.readUInt32BE(0)
    let headerBytes = 8
    if (length === 1) {
      if (header.length < 16) return undefined
      length = Number(header.readBigUInt64BE(8))
      headerBytes = 16
    } else if (length === 0) length = to - at
    if (length < headerBytes) return undefined
    if (header.toString('latin1', 4, 8) === name) return { from: at + headerBytes, to: Math.min(at + length, to) }
    at += length
  }
  return undefined
}

// ISO/IEC 11172-3 and 13818-3: kbit/s of layer III by index, and samples a second
const KBITS_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const KBITS_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const SAMPLE_RATES = [44_100, 48_000, 32_000]

function readMp3(head: Buffer, sizeBytes: number): PlayedFile | undefined {
  let at = 0
  if (head.toString('latin1', 0, 3) === 'ID3' && head.length >= 10)
    // ID3v2: four bytes of seven bits each
    at = 10 + head.subarray(6, 10).reduce((length, byte) => (length << 7) | (byte & 0x7f), 0)
  const hasTag = at > 0
  if (at + 4 > head.length) return hasTag ? { format: 'mp3' } : undefined
  const b1 = head[at + 1] ?? 0
  const b2 = head[at + 2] ?? 0
  const isFrame = head[at] === 0xff && (b1 & 0xe0) === 0xe0 && (b1 & 0x06) === 0x02 && (b1 & 0x18) !== 0x08
  if (!isFrame) return hasTag ? { format: 'mp3' } : undefined
  const isV1 = (b1 & 0x18) === 0x18
  const kbits = (isV1 ? KBITS_V1 : KBITS_V2)[b2 >> 4] ?? 0
  const baseRate = SAMPLE_RATES[(b2 >> 2) & 3] ?? 0
  const sampleRate = isV1 ? baseRate : baseRate / ((b1 & 0x18) === 0x10 ? 2 : 4)
  if (kbits === 0 || sampleRate === 0) return hasTag ? { format: 'mp3' } : undefined
  const frames = framesOfXing(head, at)
  const samplesPerFrame = isV1 ? 1152 : 576
  const durationMs =
    frames === undefined ? ((sizeBytes - at) * 8) / kbits : (frames * samplesPerFrame * 1000) / sampleRate
  return { format: 'mp3', durationMs: Math.round(durationMs) }
}

/** A file of varying rate says in its first frame how many frames it has. */
function framesOfXing(head: Buffer, frameAt: number): number | undefined {
  for (const offset of [36, 21, 13]) {
    const at = frameAt + offset
    const name = head.toString('latin1', at, at + 4)
    if (name !== 'Xing' && name !== 'Info') continue
    const hasFrames = at + 12 <= head.length && (head.readUInt32BE(at + 4) & 1) === 1
    return hasFrames ? head.readUInt32BE(at + 8) : undefined
  }
  return undefined
}
