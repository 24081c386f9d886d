// The login SDK: the counterpart of LINE's SDKs for Android and iOS, for browsers, Node and hybrid apps. Two families
// of classes with the names that LINE gave them stand on one core (session.ts, login-flow.ts). It needs nothing but
// what every browser and Node have: fetch, URL and WebCrypto. A channel secret never comes near it.
export { LineAccessToken, type LineAccessTokenJson } from './android/line-access-token.ts'
export { type LineApiClient, LineApiClientBuilder } from './android/line-api-client.ts'
export { LineApiError, type LineApiErrorJson } from './android/line-api-error.ts'
export {
  LineApiResponse,
  LineApiResponseCode,
  type LineApiResponseCodeName,
  NoSuchElementError,
} from './android/line-api-response.ts'
export { LineCredential, type LineCredentialJson } from './android/line-credential.ts'
export { LineLoginApi, type LineLoginIntent } from './android/line-login-api.ts'
export { LineLoginResult, type LineLoginResultJson } from './android/line-login-result.ts'
export { LineProfile, type LineProfileJson } from './android/line-profile.ts'
export type { AppLauncher, ExchangeRequest, HttpAnswer, HttpFetch, LineContext } from './context.ts'
export {
  type IdTokenCheck,
  type IdTokenClaims,
  type IdTokenExpectations,
  type IdTokenFault,
  type PublicKey,
  verifyIdToken,
} from './id-token.ts'
export { LineSDKAccessToken } from './ios/line-sdk-access-token.ts'
export {
  LineSDKAPI,
  type LineSDKCompletion,
  type LineSDKLogoutCompletion,
  type LineSDKSchedule,
} from './ios/line-sdk-api.ts'
export { LineSDKConfiguration } from './ios/line-sdk-configuration.ts'
export { LineSDKCredential } from './ios/line-sdk-credential.ts'
export { LineSDKError } from './ios/line-sdk-error.ts'
export { LineSDKLogin, type LineSDKLoginDelegate } from './ios/line-sdk-login.ts'
export { LineSDKProfile } from './ios/line-sdk-profile.ts'
export { LineSDKVerifyResult } from './ios/line-sdk-verify-result.ts'
export type { LoginWay } from './login-flow.ts'
export type { LineFailureCode } from './outcome.ts'
export type { PictureSize } from './picture.ts'
export {
  defaultStorage,
  fileStorage,
  memoryStorage,
  type TokenStorage,
  type WebStorage,
  webStorage,
} from './storage.ts'
