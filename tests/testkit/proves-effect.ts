// Says which operation of LINE's API a test proves, and by which other call its effect was seen. The test fails unless
// both were really called in it, over HTTP, and went well; docs/coverage.md is printed from what is written down here.
//
// What counts is what this process's HTTP servers answered: Node tells of every answer on a diagnostics channel, so
// nothing on the wire and nothing in the platform is there for tests alone. A platform in a process of its own is not
// seen: such a test proves nothing here.
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync, mkdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { runFolder } from '../effects/effect-records.ts'

/** Paths have their parameters in braces, as in LINE's OpenAPI. */
type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** What a bot was sent: a request with LINE's signature. */
type Webhook = 'a webhook'

interface AnsweredCall {
  method: string
  path: string
  status: number
  isSigned: boolean
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const answered: AnsweredCall[] = []

subscribe('http.server.response.finish', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse } // Node's own shape
  answered.push({
    method: request.method ?? '',
    path: request.url?.split('?', 1)[0] ?? '',
    status: response.statusCode,
    isSigned: request.headers['x-line-signature'] !== undefined,
  })
})

/**
 * Put it first in an `it`, with both written out in single quotes:
 * `provesEffect('POST /v2/bot/message/push', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')`.
 */
export function provesEffect(route: Route, by: Route | Webhook): void {
  if (route === by) throw new Error(`${route} cannot show its own effect`)
  const from = answered.length
  const { currentTestName = '', testPath = '' } = expect.getState()
  onTestFinished(({ task }) => {
    const calls = answered.slice(from)
    for (const wanted of [route, by])
      if (!calls.some((call) => isCallOf(call, wanted)))
        throw new Error(`the test does not prove ${route}: ${wanted} was not called in it, or never went well`)
    if (task.result?.state === 'fail' || task.result?.errors?.length) return
    record({ route, by, test: currentTestName, file: relative(ROOT, testPath).replaceAll('\\', '/') })
  })
}

function isCallOf({ method, path, status, isSigned }: AnsweredCall, wanted: Route | Webhook): boolean {
  if (status < 200 || status >= 300) return false
  if (wanted === 'a webhook') return isSigned
  const [wantedMethod, template = ''] = wanted.split(' ')
  return method === wantedMethod && patternOf(template).test(path)
}

function patternOf(template: string): RegExp {
  const steps = template.split('/').map((step) => (step.startsWith('{') ? '[^/]+' : step.replaceAll('.', '\\.')))
  return new RegExp(`^${steps.join('/')}$`)
}

/** One line a proof, in a file of this process: workers write at the same time. */
function record(effect: { route: string; by: string; test: string; file: string }): void {
  const folder = runFolder()
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(effect)}\n`)
}
