// LINE's side of sending, reduced to what decides whether a message comes once: a retry key is taken once, and a repeat
// of it is answered 409. The test sees each call before and after it is taken, and may break it off.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ledger } from './ledger.ts'

export interface LineCall {
  operation: 'push' | 'multicast'
  people: number
}

export interface LineStub {
  url: string
  /** Told of each call; false breaks the connection at that point. */
  watch: { before(call: LineCall): boolean; after(call: LineCall): boolean }
  close(): Promise<void>
}

export const idOf = (to: string, text: string): string => `${to} ${text}`

export async function startLineStub(ledger: Ledger, answerAfterMs: number): Promise<LineStub> {
  const known = new Set<string>()
  const stub = { watch: { before: () => true, after: () => true } } as Pick<LineStub, 'watch'> // watchers come later
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const { to, messages } = JSON.parse(body)
    const people: string[] = Array.isArray(to) ? to : [to]
    const operation = Array.isArray(to) ? ('multicast' as const) : ('push' as const)
    const call = { operation, people: people.length }
    if (!stub.watch.before(call)) return void request.socket.destroy()
    const key = String(request.headers['x-line-retry-key'])
    const isNew = !known.has(key)
    known.add(key)
    if (isNew) for (const person of people) ledger.get(idOf(person, messages[0].text))
    if (!stub.watch.after(call)) return void request.socket.destroy()
    await pause(answerAfterMs)
    response.writeHead(isNew ? 200 : 409, { 'content-type': 'application/json' })
    response.end(isNew ? '{"sentMessages":[]}' : '{"message":"The retry key is already accepted"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address is an AddressInfo
  return Object.assign(stub, {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
