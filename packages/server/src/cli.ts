// The command line: reads the configuration, starts what the verb names, prints what to do next, stops on a signal.
// Everything heavy is imported late, through Node's compile cache: a start is mostly loading.
import { enableCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// V8 lets the space for young objects grow with the machine's memory, to 134 MB on one with 24 GB: a third of what the
// platform held resident after 100,000 messages. `npm start` caps it at 2 x 16 MB, which costs nothing; where nobody
// did, it stays at its first 2 x 8 MB, which costs a tenth of the throughput under full load (bench/run.ts).
if (!process.execArgv.some((flag) => flag.startsWith('--max-semi-space-size')))
  setFlagsFromString('--semi-space-growth-factor=1')
enableCompileCache()
const { runCommand } = await import('./commands/run-command.ts')
process.exitCode = await runCommand(process.argv.slice(2))
