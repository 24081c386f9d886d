// The command line: reads the configuration, starts what the verb names, prints what to do next, stops on a signal.
// Everything heavy is imported late, through Node's compile cache: a start is mostly loading.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { runCommand } = await import('./commands/run-command.ts')
process.exitCode = await runCommand(process.argv.slice(2))
