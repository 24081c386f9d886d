// The table of the operations that are emulated: the one place where an operation is added. Routes, authentication,
// retry keys and the timeline are driven from it.
import {
  deauthorizeApp,
  getFriendshipStatus,
  getLoginKeys,
  getOpenIdConfiguration,
  getUserInfo,
  getUserProfile,
  postUserInfo,
} from '../login/user-calls.ts'
import { verifyIdToken } from '../login/user-tokens.ts'
import { broadcast } from './broadcast.ts'
import { issueChannelToken, revokeChannelToken, verifyChannelToken } from './channel-access-token.ts'
import {
  getsAllValidChannelAccessTokenKeyIds,
  issueChannelTokenByJWT,
  revokeChannelTokenByJWT,
  verifyChannelTokenByJWT,
} from './channel-access-token-v21.ts'
import { getBotInfo } from './get-bot-info.ts'
import { getFollowers } from './get-followers.ts'
import { getProfile } from './get-profile.ts'
import {
  getGroupMemberCount,
  getGroupMemberProfile,
  getGroupMembersIds,
  getRoomMemberCount,
  getRoomMemberProfile,
  getRoomMembersIds,
} from './group-members.ts'
import { getGroupSummary } from './group-summary.ts'
import { leaveGroup, leaveRoom } from './leave-chat.ts'
import { showLoadingAnimation } from './loading-animation.ts'
import { markMessagesAsRead, markMessagesAsReadByToken } from './mark-as-read.ts'
import {
  getMessageContent,
  getMessageContentPreview,
  getMessageContentTranscodingByMessageId,
} from './message-content.ts'
import { sendMissionSticker } from './mission-sticker.ts'
import { getMessageQuota, getMessageQuotaConsumption } from './monthly-limit.ts'
import { multicast } from './multicast.ts'
import { pushMessagesByPhone, pushTemplatedMessageByPhone } from './notification-message.ts'
import type { Operation } from './operation.ts'
import { pushMessage } from './push-message.ts'
import { replyMessage } from './reply-message.ts'
import {
  getNumberOfSentBroadcastMessages,
  getNumberOfSentMulticastMessages,
  getNumberOfSentPushMessages,
  getNumberOfSentReplyMessages,
  getPNPMessageStatistics,
  getTemplatedPNPMessageStatistics,
} from './sent-message-counts.ts'
import { issueStatelessChannelToken } from './stateless-channel-access-token.ts'
import {
  validateBroadcast,
  validateMulticast,
  validateNarrowcast,
  validatePush,
  validateReply,
} from './validate-messages.ts'
import { getWebhookEndpoint, setWebhookEndpoint, testWebhookEndpoint } from './webhook-endpoint.ts'

/** Those of LINE Login and the Social API that have a path of their own; their tests are the login's. */
export const SOCIAL_OPERATIONS: readonly Operation[] = [
  verifyIdToken,
  getUserProfile,
  getUserInfo,
  postUserInfo,
  getFriendshipStatus,
  deauthorizeApp,
  getLoginKeys,
  getOpenIdConfiguration,
]

export const OPERATIONS: readonly Operation[] = [
  replyMessage,
  pushMessage,
  multicast,
  broadcast,
  pushMessagesByPhone,
  pushTemplatedMessageByPhone,
  validateReply,
  validatePush,
  validateMulticast,
  validateNarrowcast,
  validateBroadcast,
  showLoadingAnimation,
  markMessagesAsRead,
  markMessagesAsReadByToken,
  getMessageQuota,
  getMessageQuotaConsumption,
  getNumberOfSentReplyMessages,
  getNumberOfSentPushMessages,
  getNumberOfSentMulticastMessages,
  getNumberOfSentBroadcastMessages,
  getPNPMessageStatistics,
  getTemplatedPNPMessageStatistics,
  getMessageContent,
  getMessageContentPreview,
  getMessageContentTranscodingByMessageId,
  getProfile,
  getFollowers,
  getGroupSummary,
  getGroupMemberProfile,
  getGroupMembersIds,
  getGroupMemberCount,
  leaveGroup,
  getRoomMemberProfile,
  getRoomMembersIds,
  getRoomMemberCount,
  leaveRoom,
  sendMissionSticker,
  getBotInfo,
  setWebhookEndpoint,
  getWebhookEndpoint,
  testWebhookEndpoint,
  issueChannelToken,
  verifyChannelToken,
  revokeChannelToken,
  issueChannelTokenByJWT,
  verifyChannelTokenByJWT,
  getsAllValidChannelAccessTokenKeyIds,
  revokeChannelTokenByJWT,
  issueStatelessChannelToken,
  ...SOCIAL_OPERATIONS,
]

/** Paths that belong to LINE: what is not in the table answers there that it is not emulated. */
export const LINE_PATHS: readonly string[] = [
  '/v1/*', // the trial of 2016
  '/v2/*',
  '/oauth2/*',
  '/bot/*',
  '/liff/*',
  '/shop/*',
  '/friendship/*',
  '/user/v1/*',
  '/module/auth/*',
  '/dialog/*',
]
