// Which files a message of a bot names, where their URLs stand, and what LINE's apps take there.
import { type ApiProfile, IMAGEMAP_WIDTHS, MEDIA_LIMITS, type MediaLimits } from '@hatoba/line/wire'

export interface NamedFile {
  /** JSON pointer into the message. */
  readonly at: string
  readonly url: string
  /** null: nothing is known that LINE would refuse. */
  readonly limits: MediaLimits | null
}

type Json = Record<string, unknown>

const MB = 1024 * 1024
const none = { maxBytes: null, maxWidth: null, maxHeight: null, belowMs: null, aspectRatio: null }
const flex = { ...none, source: 'LINE reference, "Flex Message"' }
/** Flex Messages came after 2017: one column. */
const FLEX_LIMITS: Readonly<Record<string, Readonly<Record<string, MediaLimits>>>> = {
  image: { url: { ...flex, formats: ['jpeg', 'png'], maxBytes: 10 * MB, maxWidth: 1024, maxHeight: 1024 } },
  icon: { url: { ...flex, formats: ['jpeg', 'png'], maxBytes: MB, maxWidth: 1024, maxHeight: 1024 } },
  video: {
    url: { ...flex, formats: ['mp4'], maxBytes: 200 * MB },
    previewUrl: { ...flex, formats: ['jpeg', 'png'], maxBytes: MB },
  },
}
const MOST_FILES = 500

/** In the order in which they stand. An imagemap's picture stands once, with its widths as further steps of its URL. */
export function filesOf(message: object, profile: ApiProfile): NamedFile[] {
  const found: NamedFile[] = []
  const add = (at: string, url: unknown, place: keyof typeof MEDIA_LIMITS) => {
    if (typeof url === 'string' && url !== '') found.push({ at, url, limits: MEDIA_LIMITS[place][profile] })
  }
  const root = message as Json // an object that was checked when it was sent
  switch (root.type) {
    case 'image':
      add('/originalContentUrl', root.originalContentUrl, 'image.originalContentUrl')
      add('/previewImageUrl', root.previewImageUrl, 'image.previewImageUrl')
      break
    case 'video':
      add('/originalContentUrl', root.originalContentUrl, 'video.originalContentUrl')
      add('/previewImageUrl', root.previewImageUrl, 'video.previewImageUrl')
      break
    case 'audio':
      add('/originalContentUrl', root.originalContentUrl, 'audio.originalContentUrl')
      break
    case 'imagemap': {
      for (const width of IMAGEMAP_WIDTHS)
        if (typeof root.baseUrl === 'string') add(`/baseUrl/${width}`, `${root.baseUrl}/${width}`, 'imagemap.baseUrl')
      const video = objectIn(root, 'video')
      add('/video/originalContentUrl', video.originalContentUrl, 'imagemap.video.originalContentUrl')
      add('/video/previewImageUrl', video.previewImageUrl, 'imagemap.video.previewImageUrl')
      break
    }
    case 'template':
      addTemplate(objectIn(root, 'template'), add)
      break
    case 'flex':
      walkFlex(root.contents, '/contents', found)
      break
    default:
      break
  }
  for (const [i, item] of listIn(objectIn(root, 'quickReply'), 'items').entries())
    add(`/quickReply/items/${i}/imageUrl`, item.imageUrl, 'quickReply.imageUrl')
  add('/sender/iconUrl', objectIn(root, 'sender').iconUrl, 'sender.iconUrl')
  return found.slice(0, MOST_FILES)
}

function addTemplate(template: Json, add: (at: string, url: unknown, place: keyof typeof MEDIA_LIMITS) => void): void {
  add('/template/thumbnailImageUrl', template.thumbnailImageUrl, 'buttons.thumbnailImageUrl')
  for (const [i, column] of listIn(template, 'columns').entries()) {
    add(`/template/columns/${i}/thumbnailImageUrl`, column.thumbnailImageUrl, 'carousel.thumbnailImageUrl')
    if (template.type === 'image_carousel')
      add(`/template/columns/${i}/imageUrl`, column.imageUrl, 'imageCarousel.imageUrl')
  }
}

/** The JSON reader limits how deep a body is. */
function walkFlex(value: unknown, at: string, found: NamedFile[]): void {
  if (typeof value !== 'object' || value === null) return
  const { type } = value as Json // an object or a list
  const files = typeof type === 'string' && Object.hasOwn(FLEX_LIMITS, type) ? FLEX_LIMITS[type] : undefined
  for (const [name, inner] of Object.entries(value)) {
    const limits = files !== undefined && Object.hasOwn(files, name) ? files[name] : undefined
    if (limits !== undefined && typeof inner === 'string') found.push({ at: `${at}/${name}`, url: inner, limits })
    else walkFlex(inner, `${at}/${name}`, found)
  }
}

function objectIn(value: Json, name: string): Json {
  const inner = value[name]
  return typeof inner === 'object' && inner !== null ? (inner as Json) : {} // just looked at
}

function listIn(value: Json, name: string): Json[] {
  const inner = value[name]
  return Array.isArray(inner) ? inner.filter((item) => typeof item === 'object' && item !== null) : []
}
