// Which URLs a channel may have as its webhook.
import { isLoopbackName } from '../../kit/loopback-guard.ts'

// LINE reference, "Set webhook endpoint URL": https, at most 500 characters
const MOST_CHARACTERS = 500

/** https, or http to this machine where the channel allows it; no user and password in it. */
export function isWebhookUrl(text: string, allowLoopbackHttp: boolean): boolean {
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && allowLoopbackHttp && isLoopbackName(url.hostname)
}
