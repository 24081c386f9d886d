// A gateway in a process of its own, for tests that kill it: options as JSON in the first argument; prints its URL.
import { createLog } from '../../kit/log.ts'
import { startGateway } from '../index.ts'

const { dataDir, demo, databaseUrl, masterKey, ...more } = JSON.parse(process.argv[2] ?? '{}')
const gateway = await startGateway({
  dataDir,
  ...(databaseUrl && { databaseUrl, masterKey: Buffer.from(masterKey, 'hex') }),
  host: '127.0.0.1',
  port: 0,
  log: createLog('error', 'gateway'),
  lineApiUrl: demo.lineChannel.apiUrl,
  lineDataUrl: demo.lineChannel.dataUrl,
  demo,
  ...more,
})
process.stdout.write(`${gateway.url}\n`)
// For tests of what it takes: the most memory it had until now.
process.on('message', () => process.send?.({ peakBytes: process.resourceUsage().maxRSS * 1024 }))
process.once('SIGTERM', () => void gateway.close())
