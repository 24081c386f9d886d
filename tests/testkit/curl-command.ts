// Stands in for the command curl where a test runs a shell script: `node curl-command.ts ARGUMENTS`, body to stdout.
import { readCurlWords, sendCurl } from './curl.ts'

const request = readCurlWords(process.argv.slice(2))
const answer = await sendCurl(request, new URL(request.url).origin)
process.stdout.write(Buffer.from(await answer.arrayBuffer()))
