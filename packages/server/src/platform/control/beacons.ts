// A user's phone meets a beacon.
import type { FastifyInstance } from 'fastify'
import { meetBeacon, tapBeaconBanner } from '../acts/beacon.ts'
import { LONGEST_USER_TEXT } from '../acts/user-message.ts'
import type { PlatformCore } from '../core.ts'
import { findParties, type PathParams } from './parties.ts'
import { given, oneOf, readWith, textLike, textOf } from './read-fields.ts'
import { viewMessage } from './views.ts'

// LINE documentation, "LINE Beacon": a hardware id of 5 bytes, a device message of at most 13
const FIELDS = {
  type: oneOf('enter', 'leave', 'stay', 'banner'),
  hwid: textLike(/^[0-9a-f]{10}$/, '10 hexadecimal digits'),
  dm: textLike(/^([0-9a-f]{2}){1,13}$/, '1 to 13 bytes in hexadecimal digits'),
  text: textOf(1, LONGEST_USER_TEXT),
}

type WithParams = { Params: PathParams }

export function serveBeacons(scope: FastifyInstance, core: PlatformCore): void {
  scope.post<WithParams>('/users/:userId/beacons/:botUserId', (request, reply) => {
    const parties = findParties(core, request.params)
    if (!parties.ok) return reply.code(404).send({ message: parties.message })
    const read = readWith(request.body, FIELDS, ['type', 'hwid'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { type, hwid, dm, text } = read.value
    const { user, channel } = parties.value
    const beacon = { hwid, ...given({ dm }) }
    if (type !== 'banner') {
      if (text !== undefined) return reply.code(400).send({ message: 'body.text goes with the banner only.' })
      return reply.send(meetBeacon(core, user, channel, { type, ...beacon }))
    }
    const { sent, ...told } = tapBeaconBanner(core, user, channel, beacon, text)
    return reply.send({ ...told, ...(sent !== undefined && { message: viewMessage(core, sent.stored) }) })
  })
}
