// The calls that a user access token is for: profile, user information, friendship; and what ends all of a user's
// tokens. LINE facts sheet, "LINE Login v2.1 API"
import type { LoginChannel } from '../accounts/login-channels.ts'
import type { User } from '../accounts/users.ts'
import { type Answer, errorAnswer, jsonAnswer } from '../api/answers.ts'
import type { ChannelOperation, OpenOperation } from '../api/operation.ts'
import { RATE_EXCEEDED } from '../api/rate-limits.ts'
import type { PlatformCore } from '../core.ts'
import { ISSUER } from './id-tokens.ts'
import {
  authenticateUser,
  bearerRefusal,
  isWithinRate,
  type LoginCall,
  messageRefusal,
  originOfCall,
  withCors,
} from './login-call.ts'
import type { LoginGrant } from './logins.ts'
import { pictureUrlOf } from './profile-images.ts'

type Refuse = (status: 401 | 403, message: string) => Answer

/** A call in a user's name: who it is, whether the scope allows it, and the channel's rate. */
function userCall(
  name: string,
  path: string,
  method: 'GET' | 'POST',
  needs: readonly string[],
  refuse: Refuse,
  answer: (
    user: User,
    caller: { grant: LoginGrant; channel: LoginChannel },
    call: LoginCall,
    core: PlatformCore,
  ) => Answer,
): OpenOperation {
  return {
    name,
    method,
    path,
    auth: 'none',
    body: 'none',
    handle(call, core) {
      const caller = authenticateUser(call, core)
      const tell = (given: Answer) => withCors(given, call, caller.channel, core)
      if (!caller.ok) return tell(refuse(401, caller.reason))
      if (!isWithinRate(caller.channel, name, core)) return tell(RATE_EXCEEDED)
      if (!needs.some((scope) => caller.grant.scope.includes(scope)))
        return tell(refuse(403, 'The scope of the access token does not permit this call'))
      const user = core.users.find(caller.grant.userId)
      return tell(user === undefined ? refuse(401, 'invalid token') : answer(user, caller, call, core))
    },
  }
}

const asOAuth: Refuse = (status, message) =>
  bearerRefusal(status, status === 401 ? 'invalid_token' : 'insufficient_scope', message)

/** LINE reference 2017, "Getting user profiles". What the user does not have is left out. */
export const getUserProfile = userCall(
  'getUserProfile',
  '/v2/profile',
  'GET',
  ['profile', 'P'],
  messageRefusal,
  (user, _caller, call) => {
    const { userId, displayName, statusMessage } = user
    const pictureUrl = pictureUrlOf(user, originOfCall(call.header('host')))
    return jsonAnswer(200, {
      userId,
      displayName,
      ...(pictureUrl !== undefined && { pictureUrl }),
      ...(statusMessage !== undefined && { statusMessage }),
    })
  },
)

const answerUserInfo: Parameters<typeof userCall>[5] = (user, { grant }, call) => {
  const picture = pictureUrlOf(user, originOfCall(call.header('host')))
  const shown = grant.scope.includes('profile')
    ? { name: user.displayName, ...(picture !== undefined && { picture }) }
    : {}
  return jsonAnswer(200, { sub: user.userId, ...shown })
}

/** LINE reference, "Get user information". */
export const getUserInfo = userCall('getUserInfo', '/oauth2/v2.1/userinfo', 'GET', ['openid'], asOAuth, answerUserInfo)
export const postUserInfo = userCall(
  'postUserInfo',
  '/oauth2/v2.1/userinfo',
  'POST',
  ['openid'],
  asOAuth,
  answerUserInfo,
)

/** LINE reference, "Get friendship status". */
export const getFriendshipStatus = userCall(
  'getFriendshipStatus',
  '/friendship/v1/status',
  'GET',
  ['profile', 'P'],
  messageRefusal,
  (user, { channel }, _call, core) => {
    const linked = channel.linkedChannelId
    // unconfirmed: the status
    if (linked === undefined) return messageRefusal(403, 'There is no login bot linked to this channel.')
    return jsonAnswer(200, { friendFlag: core.users.friendship(linked, user.userId) === 'friend' })
  },
)

/** LINE reference, "Deauthorize your app": for a channel access token of v2.1 or a stateless one of the same provider. */
export const deauthorizeApp: ChannelOperation = {
  name: 'deauthorizeApp',
  method: 'POST',
  path: '/user/v1/deauthorize',
  auth: 'channel',
  body: 'json',
  handle(call, core) {
    const token = userTokenOf(call.rawText)
    const found = token === undefined ? undefined : core.logins.inspect(token)
    const login = found?.state === 'live' ? core.loginChannels.find(found.grant.channelId) : undefined
    const bearer = call.header('authorization')?.replace(/^Bearer +/i, '') ?? ''
    const isSigned = core.tokens.inspectSigned(bearer).state === 'live'
    if (!isSigned || found?.state !== 'live' || login?.providerId !== call.channel.providerId)
      return errorAnswer(400, 'invalid token')
    core.logins.withdrawConsent(found.grant.channelId, found.grant.userId)
    return { status: 204, body: '' }
  },
}

function userTokenOf(rawText: string): string | undefined {
  try {
    const body: unknown = JSON.parse(rawText)
    const has = typeof body === 'object' && body !== null && 'userAccessToken' in body
    return has && typeof body.userAccessToken === 'string' ? body.userAccessToken : undefined
  } catch {
    return undefined
  }
}

/** LINE documentation, "ID tokens": the keys that ES256 is checked with. */
export const getLoginKeys: OpenOperation = {
  name: 'getLoginKeys',
  method: 'GET',
  path: '/oauth2/v2.1/certs',
  auth: 'none',
  body: 'none',
  handle: async (call, core) => withCors(jsonAnswer(200, await core.idTokens.publicKeys()), call, undefined, core),
}

/** OpenID Connect Discovery. The issuer stays LINE's, whose name stands in id tokens. */
export const getOpenIdConfiguration: OpenOperation = {
  name: 'getOpenIdConfiguration',
  method: 'GET',
  path: '/.well-known/openid-configuration',
  auth: 'none',
  body: 'none',
  handle(call, core) {
    const host = call.header('host') ?? ''
    const [access, api] = host.endsWith('.line.me')
      ? ['https://access.line.me', 'https://api.line.me']
      : [originOfCall(host), originOfCall(host)]
    const configuration = {
      issuer: ISSUER,
      authorization_endpoint: `${access}/oauth2/v2.1/authorize`,
      token_endpoint: `${api}/oauth2/v2.1/token`,
      revocation_endpoint: `${api}/oauth2/v2.1/revoke`,
      userinfo_endpoint: `${api}/oauth2/v2.1/userinfo`,
      scopes_supported: ['openid', 'profile', 'email'],
      jwks_uri: `${api}/oauth2/v2.1/certs`,
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    }
    return withCors(jsonAnswer(200, configuration), call, undefined, core)
  },
}
