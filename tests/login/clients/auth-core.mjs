// Auth.js with its LINE provider: its issuer is fixed, it finds the rest by discovery, and checks the id token.
import { Auth } from '@auth/core'
import Line from '@auth/core/providers/line'
import { allow, channelId, channelSecret } from './person.mjs'

const base = 'http://localhost:3000/api/auth'
const config = {
  providers: [Line({ clientId: channelId, clientSecret: channelSecret })],
  secret: 'only-for-this-test',
  trustHost: true,
  basePath: '/api/auth',
  logger: { error: (error) => console.error(error) },
}
const jar = new Map()
async function send(path, init = {}) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await Auth(new Request(`${base}${path}`, { ...init, headers: { ...init.headers, cookie } }), config)
  for (const set of answer.headers.getSetCookie()) {
    const [pair = ''] = set.split(';')
    jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  return answer
}
const { csrfToken } = await (await send('/csrf')).json()
const started = await send('/signin/line', { method: 'POST', body: new URLSearchParams({ csrfToken }) })
const back = await allow(started.headers.get('location'))
await send(back.href.slice(base.length))
const session = await (await send('/session')).json()
console.log(session?.user?.name)
