// What the LINE reference of 2017 promises on the Android SDK; the login SDK is its counterpart.

import { done, section } from './requirement.ts'

export const loginAndroid = [
  ...section(
    { part: 'login', source: 'LINE reference 2017, "Android SDK", LineApiError', rows: '003/android-sdk/LineApiError' },
    [
      done(
        'login.android.LineApiError.class',
        'an error of the Social API is an object of its own',
        '..',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineApiError.getHttpResponseCode',
        'getHttpResponseCode() gives the HTTP status of the error',
        'methods/getHttpResponseCode()/**',
      ),
      done(
        'login.android.LineApiError.getMessage',
        "getMessage() gives the error's message",
        'methods/getMessage()/**',
      ),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Android SDK", LineAccessToken',
      rows: '003/android-sdk/LineAccessToken',
    },
    [
      done(
        'login.android.LineAccessToken.class',
        'a user access token is an object that knows its own life',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineAccessToken.getAccessToken',
        'getAccessToken() gives the token as text',
        'methods/getAccessToken()/**',
      ),
      done(
        'login.android.LineAccessToken.getEstimatedExpirationTimeMillis',
        "getEstimatedExpirationTimeMillis() gives the estimated time of the token's end",
        'methods/getEstimatedExpirationTimeMillis()/**',
      ),
      done(
        'login.android.LineAccessToken.getExpiresInMillis',
        "getExpiresInMillis() gives the milliseconds until the token's end",
        'methods/getExpiresInMillis()/**',
      ),
      done(
        'login.android.LineAccessToken.getIssuedClientTimeMillis',
        'getIssuedClientTimeMillis() gives the time at which the token was last made, refreshed or verified',
        'methods/getIssuedClientTimeMillis()/**',
      ),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Android SDK", LineApiClient',
      rows: '003/android-sdk/LineApiClient',
    },
    [
      done(
        'login.android.LineApiClient.interface',
        'one object gives access to the Social API',
        '.',
        'interface',
        'methods',
        'interface#Package',
      ),
      done(
        'login.android.LineApiClient.getCurrentAccessToken',
        'getCurrentAccessToken() gives the token in use, in a response that has no payload on failure',
        'methods/getCurrentAccessToken()/**',
      ),
      done(
        'login.android.LineApiClient.getProfile',
        "getProfile() gives the user's profile, in a response that has no payload on failure",
        'methods/getProfile()/**',
      ),
      done('login.android.LineApiClient.logout', 'logout() revokes the user access token', 'methods/logout()/**'),
      done(
        'login.android.LineApiClient.refreshAccessToken',
        'refreshAccessToken() refreshes the token in use and gives the new one',
        'methods/refreshAccessToken()/**',
      ),
      done(
        'login.android.LineApiClient.verifyToken',
        'verifyToken() tells whether the token in use is valid, with its credential',
        'methods/verifyToken()/**',
      ),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Android SDK", LineApiClientBuilder',
      rows: '003/android-sdk/LineApiClientBuilder',
    },
    [
      done(
        'login.android.LineApiClientBuilder.class',
        'a builder makes the client with the wanted settings',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineApiClientBuilder.constructor',
        'the builder is made from a context and the channel id',
        'constructor/**',
        'constructor/parameters#context',
        'constructor/parameters#channelId',
      ),
      done('login.android.LineApiClientBuilder.build', 'build() makes the client', 'methods/build()/**'),
      done(
        'login.android.LineApiClientBuilder.disableTokenAutoRefresh',
        'disableTokenAutoRefresh() turns off that the token is refreshed by itself',
        'methods/disableTokenAutoRefresh()/**',
      ),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Android SDK", LineApiResponse',
      rows: '003/android-sdk/LineApiResponse',
    },
    [
      done(
        'login.android.LineApiResponse.class',
        'every call answers an object that tells success from failure',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineApiResponse.getErrorData',
        'getErrorData() gives the error of a failed call, an empty one after a success',
        'methods/getErrorData()/**',
      ),
      done(
        'login.android.LineApiResponse.getResponseCode',
        'getResponseCode() gives the response code of the call',
        'methods/getResponseCode()/**',
      ),
      done(
        'login.android.LineApiResponse.getResponseData',
        'getResponseData() gives the payload and throws where there is none',
        'methods/getResponseData()/**',
      ),
      done(
        'login.android.LineApiResponse.isNetworkError',
        'isNetworkError() tells a failure of the network',
        'methods/isNetworkError()/**',
      ),
      done(
        'login.android.LineApiResponse.isServerError',
        'isServerError() tells a failure of the server',
        'methods/isServerError()/**',
      ),
      done(
        'login.android.LineApiResponse.isSuccess',
        'isSuccess() tells whether the call succeeded',
        'methods/isSuccess()/**',
      ),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Android SDK", LineCredential',
      rows: '003/android-sdk/LineCredential',
    },
    [
      done(
        'login.android.LineCredential.class',
        'a credential joins a token and what it permits',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineCredential.getAccessToken',
        'getAccessToken() gives the token',
        'methods/getAccessToken()/**',
      ),
      done(
        'login.android.LineCredential.getPermission',
        'getPermission() gives the list of permission codes',
        'methods/getPermission()/**',
      ),
      done(
        'login.android.LineCredential.permission-p',
        'the permission code P allows reading the profile',
        'methods/getPermission()/return-value#P',
      ),
    ],
  ),
  ...section(
    { part: 'login', source: 'LINE reference 2017, "Android SDK", LineLoginApi', rows: '003/android-sdk/LineLoginApi' },
    [
      done(
        'login.android.LineLoginApi.class',
        'logging in starts from one object',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineLoginApi.getLoginIntent',
        'getLoginIntent() starts a login that prefers the LINE app and falls back to the browser',
        'methods/getLoginIntent()/**',
        'methods/getLoginIntent()/parameters#context',
        'methods/getLoginIntent()/parameters#channelId',
      ),
      done(
        'login.android.LineLoginApi.getLoginIntentWithoutLineAppAuth',
        'getLoginIntentWithoutLineAppAuth() starts a login in the browser only',
        'methods/getLoginIntentWithoutLineAppAuth()/**',
        'methods/getLoginIntentWithoutLineAppAuth()/parameters#context',
        'methods/getLoginIntentWithoutLineAppAuth()/parameters#channelId',
      ),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Android SDK", LineLoginResult',
      rows: '003/android-sdk/LineLoginResult',
    },
    [
      done(
        'login.android.LineLoginResult.class',
        'a login ends in one result object',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineLoginResult.isSuccess',
        'isSuccess() tells whether the login succeeded',
        'methods/isSuccess()/**',
      ),
      done(
        'login.android.LineLoginResult.getResponseCode',
        'getResponseCode() gives the response code of the login',
        'methods/getResponseCode()/**',
      ),
      done(
        'login.android.LineLoginResult.getLineProfile',
        "getLineProfile() gives the user's profile",
        'methods/getLineProfile()/**',
      ),
      done(
        'login.android.LineLoginResult.getLineCredential',
        "getLineCredential() gives the user's credential",
        'methods/getLineCredential()/**',
      ),
      done(
        'login.android.LineLoginResult.getErrorData',
        'getErrorData() gives the error of a failed login, an empty one after a success',
        'methods/getErrorData()/**',
      ),
    ],
  ),
  ...section(
    { part: 'login', source: 'LINE reference 2017, "Android SDK", LineProfile', rows: '003/android-sdk/LineProfile' },
    [
      done(
        'login.android.LineProfile.class',
        'a profile is an object of its own',
        '.',
        'class',
        'methods',
        'class#Package',
        'class#Extends',
        'class#Implements',
      ),
      done(
        'login.android.LineProfile.getDisplayName',
        'getDisplayName() gives the display name',
        'methods/getDisplayName()/**',
      ),
      done(
        'login.android.LineProfile.getPictureUrl',
        'getPictureUrl() gives the URL of the picture',
        'methods/getPictureUrl()/**',
      ),
      done(
        'login.android.LineProfile.picture-large',
        "the picture's URL with /large gives 200 x 200 pixels",
        'methods/getPictureUrl()/return-value#200 x 200',
      ),
      done(
        'login.android.LineProfile.picture-small',
        "the picture's URL with /small gives 51 x 51 pixels",
        'methods/getPictureUrl()/return-value#51 x 51',
      ),
      done(
        'login.android.LineProfile.getStatusMessage',
        'getStatusMessage() gives the status message',
        'methods/getStatusMessage()/**',
      ),
      done('login.android.LineProfile.getUserId', 'getUserId() gives the user id', 'methods/getUserId()/**'),
    ],
  ),
]
