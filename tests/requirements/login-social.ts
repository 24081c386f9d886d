// What the LINE reference of 2017 promises on the Social API.

import { done, section } from './requirement.ts'

export const loginSocial = [
  ...section({ part: 'login', source: 'LINE reference 2017, "Social REST API"', rows: '003/social-rest-api' }, [
    done(
      'login.social.access-token-needed',
      'every call of the Social API needs a user access token',
      '.',
      'how-to-use-the-apis',
    ),
    done('login.social.status-200', 'a call that succeeds answers 200', 'error-responses', 'error-responses#200'),
    done('login.social.status-400', 'a request with a mistake answers 400', 'error-responses#400'),
    done('login.social.status-401', 'a missing or wrong authorization header answers 401', 'error-responses#401'),
    done('login.social.status-403', 'a call that the account may not make answers 403', 'error-responses#403'),
    done('login.social.status-429', 'a call over the rate limit answers 429', 'error-responses#429'),
    done('login.social.status-500', 'a fault of the server answers 500', 'error-responses#500'),
    done(
      'login.social.thumbnail-large',
      "the picture's URL with /large gives 200 x 200 pixels",
      'profile-image-thumbnails',
      'profile-image-thumbnails#200 x 200',
      'profile-image-thumbnails@example-of-how-to-retrieve-a-large-profile-image.url',
    ),
    done(
      'login.social.thumbnail-small',
      "the picture's URL with /small gives 51 x 51 pixels",
      'profile-image-thumbnails#51 x 51',
    ),
  ]),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Validating access tokens"',
      rows: '003/social-rest-api/validating-access-tokens',
    },
    [
      done(
        'login.verify.operation',
        'POST /v2/oauth/verify tells whether a user access token is valid',
        '**',
        'http-request#POST https://api.line.me/v2/oauth/verify',
      ),
      done('login.verify.header-content-type', 'a token is checked with a form', 'request-header#Content-Type'),
      done('login.verify.access-token', 'the form names the token', 'request-body#access_token'),
      done(
        'login.verify.response',
        "a valid token answers the sample's properties",
        'response',
        'response@example-json-response.json',
      ),
      done('login.verify.scope', 'the answer tells what the token permits', 'response#scope'),
      done(
        'login.verify.client-id',
        'the answer tells the channel that the token was issued for',
        'response#client_id',
      ),
      done('login.verify.expires-in', 'the answer tells the seconds that the token still lives', 'response#expires_in'),
      done(
        'login.verify.sample-curl',
        'the curl sample checks a token',
        '@example-of-validating-the-access-token.curl',
      ),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Refreshing access tokens"',
      rows: '003/social-rest-api/refreshing-access-tokens',
    },
    [
      done(
        'login.refresh.operation',
        'POST /v2/oauth/accessToken gives a new user access token for a refresh token',
        '**',
        'http-request#POST https://api.line.me/v2/oauth/accessToken',
      ),
      done('login.refresh.not-for-channel-tokens', 'a channel access token cannot be refreshed', '.'),
      done('login.refresh.header-content-type', 'a token is refreshed with a form', 'request-header#Content-Type'),
      done('login.refresh.grant-type', 'the grant type is refresh_token', 'request-body#grant_type'),
      done(
        'login.refresh.refresh-token',
        "the form has the refresh token, valid up to 10 days after the access token's end",
        'request-body#refresh_token',
      ),
      done('login.refresh.client-id', 'the form has the channel id', 'request-body#client_id'),
      done('login.refresh.client-secret', 'the form has the channel secret', 'request-body#client_secret'),
      done(
        'login.refresh.response',
        "a refresh answers the sample's properties",
        'response',
        'response@example-json-response.json',
      ),
      done('login.refresh.response-token-type', "the new token's type is Bearer", 'response#token_type'),
      done('login.refresh.response-scope', 'the answer tells what the new token permits', 'response#scope'),
      done(
        'login.refresh.response-access-token',
        'the answer has the new access token, named as in the sample',
        'response#accessToken',
      ),
      done(
        'login.refresh.response-expires-in',
        "the answer tells the new token's life in seconds",
        'response#expires_in',
      ),
      done(
        'login.refresh.response-refresh-token',
        'the answer has the refresh token for the next time',
        'response#refresh_token',
      ),
      done(
        'login.refresh.sample-curl',
        'the curl sample refreshes a token',
        '@example-of-refreshing-an-access-token.curl',
      ),
    ],
  ),
  ...section(
    { part: 'login', source: 'LINE reference 2017, "Revoking tokens"', rows: '003/social-rest-api/revoking-tokens' },
    [
      done(
        'login.revoke.operation',
        'POST /v2/oauth/revoke makes a user access token invalid',
        '**',
        'http-request#POST https://api.line.me/v2/oauth/revoke',
      ),
      done(
        'login.revoke.not-for-channel-tokens',
        "a refresh token's form cannot invalidate a channel access token",
        '.',
      ),
      done('login.revoke.header-content-type', 'a token is revoked with a form', 'request-header#Content-Type'),
      done('login.revoke.refresh-token', 'the form names the refresh token', 'request-body#refresh_token'),
      done(
        'login.revoke.response',
        'revoking answers 200 with an empty object',
        'response',
        'response@example-json-response.json',
      ),
      done('login.revoke.sample-curl', 'the curl sample revokes a token', '@example-of-revoking-an-access-token.curl'),
    ],
  ),
  ...section(
    {
      part: 'login',
      source: 'LINE reference 2017, "Getting user profiles"',
      rows: '003/social-rest-api/getting-user-profiles',
    },
    [
      done(
        'login.profile.operation',
        'GET /v2/profile returns the profile of the user who logged in',
        '**',
        'http-request#GET https://api.line.me/v2/profile',
      ),
      done(
        'login.profile.header-authorization',
        'the profile needs the user access token as Bearer',
        'request-header#Authorization',
      ),
      done(
        'login.profile.response',
        "a profile answers the sample's properties",
        'response',
        'response@example-json-response.json',
      ),
      done('login.profile.display-name', 'the profile has the display name', 'response#displayName'),
      done('login.profile.user-id', 'the profile has the user id', 'response#userId'),
      done(
        'login.profile.picture-url',
        "the profile has the picture's https URL, or lacks the property for a user without one",
        'response#pictureUrl',
      ),
      done(
        'login.profile.status-message',
        'the profile has the status message, or lacks the property for a user without one',
        'response#statusMessage',
      ),
      done('login.profile.sample-curl', 'the curl sample gets the profile', '@example-of-getting-a-user-profile.curl'),
    ],
  ),
]
