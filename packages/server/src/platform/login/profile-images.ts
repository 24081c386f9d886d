// Profile pictures as LINE serves them: under an address of the platform's own, whole or with the suffix of a size.
// The picture itself lies wherever the user's `pictureUrl` says; it is loaded from there.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { readImageHeader } from '../../kit/image-header.ts'
import type { User } from '../accounts/users.ts'
import type { PlatformCore } from '../core.ts'
import { thumbnailOf } from './thumbnails.ts'

// LINE reference 2017, "Profile image thumbnails"
const SIZES: Readonly<Record<string, number>> = { large: 200, small: 51 }
/** A picture that a person chose, and no film. */
const MOST_BYTES = 20 * 1024 * 1024
const MOST_PIXELS = 50_000_000

/** Another address for another picture: whoever keeps pictures by their address shows no old one. */
export function pictureUrlOf({ userId, pictureUrl }: User, origin: string): string | undefined {
  if (pictureUrl === undefined) return undefined
  const version = createHash('sha256').update(pictureUrl).digest('hex').slice(0, 12)
  return `${origin}/profile-images/${userId}-${version}`
}

export function serveProfileImages(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<{ Params: { image: string } }>('/profile-images/:image', (request, reply) =>
    sendImage(request.params.image, undefined, reply, core),
  )
  scope.get<{ Params: { image: string; size: string } }>('/profile-images/:image/:size', (request, reply) => {
    const side = Object.hasOwn(SIZES, request.params.size) ? SIZES[request.params.size] : undefined
    return side === undefined ? notFound(reply) : sendImage(request.params.image, side, reply, core)
  })
}

async function sendImage(
  image: string,
  side: number | undefined,
  reply: FastifyReply,
  core: PlatformCore,
): Promise<FastifyReply> {
  const user = core.users.find(image.slice(0, 33))
  if (user?.pictureUrl === undefined || pictureUrlOf(user, '') !== `/profile-images/${image}`) return notFound(reply)
  const file = await core.media.load(user.pictureUrl, 'loopback')
  if (!file.ok || file.sizeBytes > MOST_BYTES) return notFound(reply)
  const bytes = await readFile(file.path)
  const header = readImageHeader(bytes)
  if (header === undefined || header.width * header.height > MOST_PIXELS) return notFound(reply)
  reply
    .header('cache-control', 'public, max-age=86400')
    .header('x-content-type-options', 'nosniff')
    .header('access-control-allow-origin', '*')
  if (side === undefined) return reply.type(`image/${header.format}`).send(bytes)
  const thumbnail = thumbnailOf(bytes, header.format, side)
  return thumbnail === undefined ? notFound(reply) : reply.type('image/png').send(thumbnail)
}

const notFound = (reply: FastifyReply) => reply.code(404).send({ message: 'Not found' })
