// Every message that stands for a whole answer and that an emulated operation can give. The first eight are LINE's own
// catalogue of 2017.

export interface CatalogueEntry {
  status: number
  message: RegExp
  source: string
}

const IN_2017 = 'LINE reference 2017, "Error messages"'
const SEEN = 'LINE facts sheet, "All top-level messages seen"'

const place = String.raw`\(line: (\d+|-), column: (\d+|-)\)`

export const CATALOGUE: readonly CatalogueEntry[] = [
  { status: 400, message: /^The request body has \d+ error\(s\)$/, source: IN_2017 },
  { status: 400, message: /^Invalid reply token$/, source: IN_2017 },
  {
    status: 400,
    message: new RegExp(`^The property, '?[^']+'?, in the request body is invalid ${place}$`),
    source: IN_2017,
  },
  {
    status: 400,
    message: new RegExp(`^The request body could not be parsed as JSON ${place}$`),
    source: IN_2017,
  },
  { status: 400, message: /^The content type, .+, is not supported$/, source: IN_2017 },
  { status: 415, message: /^The content type, .+, is not supported$/, source: SEEN },
  { status: 401, message: /^Authentication failed due to the following reason: .+/, source: IN_2017 },
  { status: 403, message: /^Access to this API is not available for your account$/, source: IN_2017 },
  { status: 400, message: /^Failed to send messages$/, source: IN_2017 },
  { status: 401, message: /^authentication failed$/, source: 'LINE reference 2017, "Mission stickers"' },
  { status: 403, message: /^CHANNEL_MISSION_STICKER_NOT_USABLE$/, source: 'LINE reference 2017, "Mission stickers"' },
  { status: 400, message: /^A message \(messages\[\d+\]\) in the request body is invalid$/, source: SEEN },
  { status: 401, message: /^Authorization header required\. Must follow the scheme, /, source: SEEN },
  { status: 401, message: /^Authentication failed\. Confirm that the access token /, source: SEEN },
  { status: 429, message: /^You have reached your monthly limit\.$/, source: SEEN },
  { status: 429, message: /^The API rate limit has been exceeded\. Try again later\.$/, source: SEEN },
  { status: 409, message: /^The retry key is already accepted$/, source: SEEN },
  { status: 400, message: /^X-Line-Retry-Key is not supported for this API$/, source: 'ours: no wording is published' },
  { status: 400, message: /^The value of X-Line-Retry-Key is invalid/, source: 'ours: no wording is published' },
  { status: 413, message: /^The request body is too large$/, source: 'ours: no wording is published' },
  { status: 404, message: /^Not found$/, source: SEEN },
  { status: 404, message: /^Not found: Hatoba does not emulate /, source: 'ours: there is no such answer of LINE' },
  { status: 404, message: /^not found$/, source: SEEN },
  { status: 410, message: /^The content is gone$/, source: SEEN },
  { status: 400, message: /^The content can not be previewed$/, source: SEEN },
  { status: 400, message: /^Transcoding status doesn't support this type of content$/, source: SEEN },
  {
    status: 400,
    message: /^The value for the '(userId|groupId|roomId|date|limit)' parameter is invalid$/,
    source: SEEN,
  },
  { status: 400, message: /^Invalid start param$/, source: SEEN },
  { status: 400, message: /^Invalid webhook endpoint URL$/, source: SEEN },
  { status: 404, message: /^Webhook endpoint not found$/, source: SEEN },
  { status: 400, message: /^Invalid markAsReadToken\. /, source: SEEN },
  { status: 422, message: /^Failed to send messages$/, source: 'LINE notification messages reference' },
  { status: 400, message: /^Invalid templateKey: /, source: 'LINE notification messages reference' },
  {
    status: 400,
    message: /^The request body has \d+ invalid key\(s\)\.$/,
    source: 'LINE notification messages reference',
  },
  {
    status: 400,
    message: /^The length of X-Line-Delivery-Tag must be between /,
    source: 'ours: no wording is published',
  },
  { status: 404, message: /^Cannot find channel key that satisfies the conditions$/, source: SEEN },
  { status: 400, message: /^The maximum number of access tokens has already been issued$/, source: SEEN },
]

/** The token endpoints answer with a code and a description instead. LINE facts sheet, "Channel token endpoints". */
export const TOKEN_ERRORS: readonly string[] = [
  'invalid_request: some parameters missed or invalid',
  'invalid_request: access_token invalid',
  'invalid_request: access_token in invalid format',
  'invalid_request: The access token not JWS',
  'invalid_request: The access token malformed',
  'invalid_request: The access token expired',
  'invalid_request: The access token revoked',
  "invalid_request: Invalid 'client_credentials'.",
  'invalid_client: invalid client_id',
  'invalid_client: invalid client_secret',
  'invalid_client: iss and clientId of key do not match',
  'invalid_client: Invalid exp',
]
