// arctic has LINE's hosts in its source.
import { decodeIdToken, generateCodeVerifier, generateState, Line } from 'arctic'
import { allow, channelId, channelSecret, redirectUri } from './person.mjs'

const line = new Line(channelId, channelSecret, redirectUri)
const [state, verifier] = [generateState(), generateCodeVerifier()]
const back = await allow(line.createAuthorizationURL(state, verifier, ['openid', 'profile']))
if (back.searchParams.get('state') !== state) throw new Error('another state came back')
const tokens = await line.validateAuthorizationCode(back.searchParams.get('code') ?? '', verifier)
const refreshed = await line.refreshAccessToken(tokens.refreshToken())
if (refreshed.accessToken() === tokens.accessToken()) throw new Error('the token was not refreshed')
console.log(decodeIdToken(tokens.idToken()).name)
