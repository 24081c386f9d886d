// Faults made on purpose: rules of one's own, and presets by name. Rules are asked in the order in which they were made.
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import type { FaultRule } from '../faults/fault-rule.ts'
import type { KeptFaultRule } from '../faults/faults.ts'
import { FAULT_PRESET_NAMES, FAULT_PRESETS } from '../faults/presets.ts'
import { readFaultRule } from './fault-fields.ts'
import { oneOf, readFields } from './read-fields.ts'

const PRESET_FIELDS = { preset: oneOf(...FAULT_PRESET_NAMES) }

type WithId = { Params: { id?: string } }

export function serveFaults(scope: FastifyInstance, { faults }: PlatformCore): void {
  scope.get('/faults', () => ({ rules: Array.from(faults.all(), viewRule) }))

  scope.get('/faults/presets', () => ({
    presets: FAULT_PRESET_NAMES.map((name) => ({ name, ...FAULT_PRESETS[name] })),
  }))

  // One rule, or all rules of a preset.
  scope.post('/faults', (request, reply) => {
    const read = readRules(request.body)
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const kept: KeptFaultRule[] = []
    for (const rule of read.value) {
      const added = faults.add(rule)
      if (added === undefined) return reply.code(409).send({ message: 'There are too many rules already.' })
      kept.push(added)
    }
    return reply.send({ rules: kept.map(viewRule) })
  })

  scope.delete('/faults', (_request, reply) => {
    faults.removeAll()
    return reply.send({})
  })

  scope.delete<WithId>('/faults/:id', (request, reply) => {
    if (faults.remove(Number(request.params.id))) return reply.send({})
    return reply.code(404).send({ message: `There is no rule ${request.params.id}.` })
  })
}

type ReadRules = { ok: true; value: readonly FaultRule[] } | { ok: false; message: string }

function readRules(body: unknown): ReadRules {
  if (typeof body === 'object' && body !== null && 'preset' in body) {
    const read = readFields(body, PRESET_FIELDS, 'body')
    if (!read.ok) return read
    const { preset } = read.value
    return { ok: true, value: preset === undefined ? [] : FAULT_PRESETS[preset].rules }
  }
  const read = readFaultRule(body)
  return read.ok ? { ok: true, value: [read.value] } : read
}

function viewRule({ id, rule, fitted, fired }: KeptFaultRule) {
  return { id, ...rule, fitted, fired }
}
