// Files that people send and files that customers name, as the rest of the core sees them: what is known of them, and
// what it needs of those who keep, fetch and look at them.
import type { ConnectorAccountId } from './ids.ts'
import type { Failure } from './model.ts'

declare const kind: unique symbol
/** UUIDv7 text; its time is when the event that brought the file was received. */
export type MediaId = string & { readonly [kind]: 'MediaId' }

export type MediaKind = 'image' | 'video' | 'audio' | 'file'

/** A person's file in our storage. */
export interface StoredMedia {
  media: MediaKind
  mediaId: MediaId
  /** Without a dot: `jpg`. */
  extension: string
  sizeBytes: number
  storedAtMs: number
  fileName?: string
  durationMs?: number
}

/** A file that a channel holds for us. `reference`: what the connector needs to fetch it, in its own words. */
export interface ChannelMedia {
  media: MediaKind
  reference: string
  fileName?: string
  durationMs?: number
}

export type FetchedMedia =
  | { kind: 'ready'; mediaType: string; body: AsyncIterable<Buffer>; discard(): void }
  /** The channel is still making it ready. */
  | { kind: 'preparing' }
  /** It will never be there. */
  | { kind: 'gone'; failure: Failure }
  /** Nothing is known: later it may be there. */
  | { kind: 'unanswered'; reason: string }

export interface MediaSource {
  fetchMedia(
    accountId: ConnectorAccountId,
    media: ChannelMedia,
    mostBytes: number,
    signal: AbortSignal,
  ): Promise<FetchedMedia>
}

/** Where customers fetch what is stored. */
export interface MediaLinks {
  /** Signed; it ends with the given time. */
  linkTo(media: Pick<StoredMedia, 'mediaId' | 'extension' | 'fileName'>, expiresAtMs: number): string
  /** A picture of one transparent pixel, for films that come without one. */
  standInThumbnailUrl(): string
}

/** What a customer's URL leads to. */
export type ProbedMedia =
  | {
      kind: 'found'
      /** undefined: no image, film or sound that is known here. */
      format: 'jpeg' | 'png' | 'gif' | 'webp' | 'mp4' | 'm4a' | 'mp3' | undefined
      /** What its server says of it, in lower case and without parameters. */
      mediaType: string | undefined
      sizeBytes: number | undefined
      width?: number
      height?: number
      durationMs?: number
    }
  /** `reason`: in the words of HTTP where it was answered. `lasting`: it would be the same again. */
  | { kind: 'unreachable'; reason: string; lasting: boolean }

export interface MediaProbe {
  probe(url: string, reach: 'public' | 'loopback'): Promise<ProbedMedia>
}
