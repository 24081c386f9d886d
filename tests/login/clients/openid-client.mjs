// openid-client finds LINE by discovery and checks the id token by LINE's published keys.
import * as client from 'openid-client'
import { allow, channelId, redirectUri } from './person.mjs'

const config = await client.discovery(
  new URL('https://access.line.me'),
  channelId,
  { id_token_signed_response_alg: 'ES256' },
  client.None(),
)
const verifier = client.randomPKCECodeVerifier()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
})
const tokens = await client.authorizationCodeGrant(config, await allow(url), {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
})
const { sub } = tokens.claims()
const user = await client.fetchUserInfo(config, tokens.access_token, sub)
const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token)
if (refreshed.access_token === tokens.access_token) throw new Error('the token was not refreshed')
console.log(user.name)
