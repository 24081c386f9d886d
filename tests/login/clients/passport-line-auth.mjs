// passport-line-auth has LINE's hosts in its source, and reaches them by Node's https module.
import { Strategy } from 'passport-line-auth'
import { allow, channelId, channelSecret, redirectUri } from './person.mjs'

const options = { channelID: channelId, channelSecret, callbackURL: redirectUri, scope: ['profile', 'openid'] }
const strategy = new Strategy(options, (_accessToken, _refreshToken, _params, profile, done) =>
  done(null, profile.displayName === undefined ? _params : profile),
)
const session = {}
const run = (url, query) =>
  new Promise((resolve, reject) => {
    const passport = Object.create(strategy)
    passport.redirect = resolve
    passport.success = resolve
    passport.fail = (why) => reject(new Error(JSON.stringify(why)))
    passport.error = reject
    passport.authenticate({ url, query, headers: {}, session, connection: {} }, {})
  })
const back = await allow(await run('/login', {}))
const profile = await run(back.pathname + back.search, Object.fromEntries(back.searchParams))
console.log(profile.displayName)
