// The smallest files of their kinds, as users would send them.

/** One pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** No more than what says that it is one. */
export const MP4 = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex')
export const M4A = Buffer.from('00000018667479704d344120000000004d34412069736f6d', 'hex')
