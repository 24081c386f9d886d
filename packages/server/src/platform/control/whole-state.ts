// All state at once: back to the seed, snapshots by name, and one hash that says whether anything changed.
import type { FastifyInstance } from 'fastify'
import { MOST_SNAPSHOTS, SNAPSHOT_NAME } from '../state/snapshots.ts'
import type { StateControl } from '../state/state-control.ts'
import { readWith, textLike } from './read-fields.ts'

const NAME_FIELDS = {
  name: textLike(
    SNAPSHOT_NAME,
    'a name of 1 to 64 characters: a-z, 0-9, dot, dash and underscore, the first a letter or digit',
  ),
}

type WithName = { Params: { name?: string } }

export function serveWholeState(scope: FastifyInstance, state: StateControl): void {
  scope.get('/state/hash', () => state.hash())

  scope.post('/reset', () => {
    state.reset()
    return { reset: true }
  })

  scope.get('/snapshots', () => ({ snapshots: state.snapshots.list() }))

  scope.post('/snapshot', async (request, reply) => {
    const read = readWith(request.body, NAME_FIELDS, ['name'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const taken = await state.take(read.value.name)
    if (!taken.ok) return reply.code(409).send({ message: `There are ${MOST_SNAPSHOTS} snapshots already.` })
    return reply.send({ snapshot: taken.value })
  })

  scope.post('/restore', async (request, reply) => {
    const read = readWith(request.body, NAME_FIELDS, ['name'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const restored = await state.restore(read.value.name)
    const { name } = read.value
    switch (restored) {
      case 'restored':
        return reply.send({ restored: name })
      case 'none of that name':
        return reply.code(404).send({ message: `There is no snapshot ${name}.` })
      case 'of another version':
        return reply.code(409).send({ message: `The snapshot ${name} is of another version of Hatoba.` })
      default:
        return restored satisfies never
    }
  })

  scope.delete<WithName>('/snapshots/:name', async (request, reply) => {
    const { name = '' } = request.params
    const removed = SNAPSHOT_NAME.test(name) && (await state.snapshots.remove(name))
    return removed ? reply.send({}) : reply.code(404).send({ message: `There is no snapshot ${name}.` })
  })
}
