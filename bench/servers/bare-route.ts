// What a push is measured against: node:http with nothing on top, which parses the body and answers `{}`.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const server = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (chunk) => {
    text += chunk
  })
  request.on('end', () => {
    JSON.parse(text)
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 })
    response.end('{}')
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // a TCP server's address is an AddressInfo
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})
process.once('SIGTERM', () => process.exit())
// Whoever started it holds the other end: it must not outlive a benchmark that broke off.
process.stdin.once('close', () => process.exit()).resume()
