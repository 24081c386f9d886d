// LINE's own SDK of version 7, whose hosts are fixed: tokens, a profile and a push.
import line from 'bot-sdk-7'

const { LINE_CHANNEL_ID = '', LINE_CHANNEL_SECRET = '', LINE_USER_ID = '' } = process.env
const oauth = new line.OAuth()
const { access_token: channelAccessToken } = await oauth.issueAccessToken(LINE_CHANNEL_ID, LINE_CHANNEL_SECRET)
const client = new line.Client({ channelAccessToken, channelSecret: LINE_CHANNEL_SECRET })
await client.pushMessage(LINE_USER_ID, { type: 'text', text: 'hello' })
const { displayName } = await client.getProfile(LINE_USER_ID)
await oauth.revokeAccessToken(channelAccessToken)
console.log(displayName)
