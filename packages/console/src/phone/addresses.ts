// Where the address behind a `uri` action leads: the phone's dial panel, its map, or its browser.
import type { Place } from './acts-api.ts'

export type Destination =
  | { kind: 'dial'; number: string }
  | { kind: 'map'; place: Place }
  | { kind: 'browser'; url: string }
  /** Of another app. */
  | { kind: 'other'; url: string }

const COORDINATES = /(-?\d{1,3}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)/

export function destinationOf(address: string): Destination {
  if (!URL.canParse(address)) return { kind: 'other', url: address }
  const url = new URL(address)
  if (url.protocol === 'tel:') return { kind: 'dial', number: decode(url.pathname) }
  const place = placeOf(url)
  if (place !== undefined) return { kind: 'map', place }
  return { kind: url.protocol === 'http:' || url.protocol === 'https:' ? 'browser' : 'other', url: address }
}

/** `geo:` (RFC 5870) and the addresses of the large map sites, where they name coordinates. */
function placeOf(url: URL): Place | undefined {
  if (url.protocol === 'geo:') return readPlace(url.pathname, undefined)
  const isMap =
    /(^|\.)maps\.(apple|google)\./.test(url.hostname) ||
    (/(^|\.)google\./.test(url.hostname) && url.pathname.startsWith('/maps'))
  if (!isMap) return undefined
  for (const name of ['query', 'q', 'll', 'center', 'daddr', 'destination']) {
    const found = readPlace(url.searchParams.get(name) ?? '', url.searchParams.get('title') ?? undefined)
    if (found !== undefined) return found
  }
  return readPlace(/@(.*)/.exec(url.pathname)?.[1] ?? '', undefined)
}

function readPlace(text: string, title: string | undefined): Place | undefined {
  const [, north = '', east = ''] = COORDINATES.exec(text) ?? []
  const latitude = Number(north)
  const longitude = Number(east)
  if (north === '' || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { latitude, longitude, ...(title !== undefined && { title }) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
