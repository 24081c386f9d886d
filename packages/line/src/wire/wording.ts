// Every message LINE gives for a body it refuses, word for word, in one place. Where LINE publishes no wording, ours
// follows the pattern of its neighbours and is marked `unconfirmed`.

/** A place in the text of a request, counted from 1. */
export interface Position {
  line: number
  column: number
}

const place = (position: Position | undefined) => `(line: ${position?.line ?? '-'}, column: ${position?.column ?? '-'})`

/** The `message` of the answer itself. LINE reference, "Error messages". */
export const summaries = {
  errors: (count: number) => `The request body has ${count} error(s)`,
  property: (property: string, position?: Position) =>
    `The property, '${property}', in the request body is invalid ${place(position)}`,
  // LINE reference, "Send multicast message": the published example has no quotes round the entry of `to`.
  recipient: (property: string) => `The property, ${property}, in the request body is invalid ${place(undefined)}`,
  syntax: (position: Position) => `The request body could not be parsed as JSON ${place(position)}`,
  contentType: (contentType: string) => `The content type, ${contentType}, is not supported`,
  // LINE facts sheet, "Three tiers": the summary of the deep check of one message.
  message: (index: number) => `A message (messages[${index}]) in the request body is invalid`,
  // unconfirmed: LINE documents the status 413, not its wording.
  tooLarge: () => 'The request body is too large',
} as const

/** The `details[].message` of the envelope and of plain messages. */
export const envelopeWords = {
  missing: () => 'May not be empty',
  oneOf: (values: readonly string[]) => `Must be one of the following values: [${values.join(', ')}]`,
  length: (min: number, max: number) => `Length must be between ${min} and ${max}`,
  size: (min: number, max: number) => `Size must be between ${min} and ${max}`,
  // unconfirmed: formed after "Must be less than or equal to 100" of the coupon API.
  min: (min: number) => `Must be greater than or equal to ${min}`,
  notAllowed: () => 'Must not be specified',
  // LINE news, 2022-10-31: duplicate properties.
  duplicate: (name: string) => `Duplicate field '${name}'`,
} as const

/** The `details[].message` of the deep check: templates, imagemaps, text v2, and the actions of quick replies. */
export const deepWords = {
  missing: () => 'must be specified',
  labelMissing: () => '`label` must be specified',
  length: (max: number) => `must not be longer than ${max} characters`,
  size: (max: number) => `must not be more than ${max} items`,
  // unconfirmed: formed after its counterpart.
  tooFew: (min: number) => `must not be less than ${min} items`,
  uriLength: (max: number) => `size must be between 0 and ${max}`,
  uriScheme: () => 'invalid uri scheme',
  uri: () => 'invalid uri',
  property: () => 'invalid property',
  // unconfirmed: published logs show how it begins; the rest is the sentence of LINE's reference.
  flexSize: (container: string, maxBytes: number) =>
    `Too large flex message. The maximum size of JSON data that defines a ${container} is ${maxBytes / 1024} KB.`,
  key: (key: string) => `The key '${key}' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.`,
} as const
