// The files that a bot's messages name, over real HTTP: pictures at any size, a silent sound, a film once it is given, and
// a web page.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { drawPng } from './drawn-png.ts'

export interface MediaHost {
  url: string
  /** What was asked for, in order. */
  asked: string[]
  /** From now on at `/film.mp4`. */
  giveFilm(film: Buffer): void
  close(): Promise<void>
}

interface HostedFile {
  type: string
  body: Buffer | string
}

const PAGE = `<!doctype html><html lang="en"><title>Ferry</title><style>body{font:1.1rem/1.5 sans-serif;margin:2rem;color:#123}
h1{color:#0f5d75}</style><h1>Ferry 13:40</h1><p>Two seats from pier 3.</p><p><button>Change the booking</button></p></html>`

export async function startMediaHost(): Promise<MediaHost> {
  const asked: string[] = []
  const drawn = new Map<string, Buffer>()
  let film: Buffer | undefined
  const picture = (width: number, height: number, number: number): HostedFile => {
    const key = `${width} ${height} ${number}`
    const body = drawn.get(key) ?? drawPng(width, height, number)
    drawn.set(key, body)
    return { type: 'image/png', body }
  }
  const find = (path: string): HostedFile | undefined => {
    // `/picture/600x400/2.png`; `/map/700` is a square of that width
    const [, width, height, number] = /^\/picture\/(\d{1,4})x(\d{1,4})\/(\d)\.png$/.exec(path) ?? []
    if (width !== undefined) return picture(Number(width), Number(height), Number(number))
    const side = /^\/map\/(\d{3,4})$/.exec(path)?.[1]
    if (side !== undefined) return picture(Number(side), Number(side), 1)
    if (path === '/sound.mp3') return { type: 'audio/mpeg', body: silentMp3(3) }
    if (path === '/film.mp4' && film !== undefined) return { type: 'video/mp4', body: film }
    return path === '/page' ? { type: 'text/html; charset=utf-8', body: PAGE } : undefined
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://media')
    asked.push(pathname)
    const file = find(pathname)
    if (file === undefined) response.writeHead(404).end()
    else
      response
        .writeHead(200, { 'content-type': file.type, 'content-length': Buffer.byteLength(file.body) })
        .end(file.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address is an AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    giveFilm(given) {
      film = given
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** MPEG-1 layer III at 128 kbit/s and 44.1 kHz: frames of 417 bytes, 26 ms each, without anything in them. */
function silentMp3(seconds: number): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x64])
  return Buffer.concat(Array.from({ length: Math.round(seconds / 0.026122) }, () => frame))
}
