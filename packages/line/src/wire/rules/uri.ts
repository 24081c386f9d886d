import { propertyPath } from '../json/property-path.ts'
import { type LimitName, limit } from '../limits.ts'
import { deepWords, envelopeWords } from '../wording.ts'
import { type Inspection, type Place, pathOf } from './inspection.ts'
import { missing, type Rule } from './rule.ts'

const SCHEME = /^([a-z][a-z0-9+.-]*):/i
// What no URI may hold (RFC 3986), and a percent sign that encodes nothing. Characters outside ASCII pass with a note:
// LINE asks for them to be percent-encoded (LINE reference, "About the encoding of a URL"), but does not say that it
// refuses them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_IN_A_URI = /[\u0000-\u0020"<>\\^`{|}\u007f]|%(?![0-9a-f]{2})/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range starts with them
const OUTSIDE_ASCII = /[^\u0000-\u007f]/
const WEB_ADDRESS = /^https?:\/\/(?:[^/?#@]*@)?[^/?#@:]/i

/** The address of a file LINE's clients load: `https` only. */
export function fileUrl(name: LimitName): Rule<string> {
  return {
    read(value, inspection, place) {
      const url = readUri(value, name, inspection, place)
      if (url === undefined) return undefined
      const scheme = schemeOf(url)
      if (scheme === 'https') return url
      if (scheme !== 'http' || !inspection.allowLoopbackHttp || !isLoopback(url))
        return inspection.fault(deepWords.uriScheme(), place)
      inspection.note(
        `${propertyPath(pathOf(place))}: LINE takes https only; http is accepted for a host on this machine`,
      )
      return url
    },
  }
}

// LINE reference 2017, "URI action": http, https, tel; `line` came later.
const LINK_SCHEMES = { '2017': ['http', 'https', 'tel'], current: ['http', 'https', 'line', 'tel'] } as const

/** What opens when somebody taps. */
export function link(name: LimitName): Rule<string> {
  return {
    read(value, inspection, place) {
      const uri = readUri(value, name, inspection, place)
      if (uri === undefined) return undefined
      const scheme = schemeOf(uri)
      if (LINK_SCHEMES[inspection.profile].some((known) => known === scheme)) return uri
      return inspection.fault(deepWords.uriScheme(), place)
    },
  }
}

function readUri(value: unknown, name: LimitName, inspection: Inspection, place: Place): string | undefined {
  if (typeof value !== 'string') return inspection.wrongType(place)
  if (value === '') return missing(inspection, place)
  const max = limit(name, inspection.profile)
  if (max !== null && value.length > max)
    return inspection.fault(place.tier === 'envelope' ? envelopeWords.length(0, max) : deepWords.uriLength(max), place)
  const scheme = schemeOf(value)
  const isWeb = scheme === 'http' || scheme === 'https'
  if (NOT_IN_A_URI.test(value) || (isWeb && !WEB_ADDRESS.test(value))) return inspection.fault(deepWords.uri(), place)
  if (OUTSIDE_ASCII.test(value)) inspection.note(`${propertyPath(pathOf(place))}: LINE asks for percent-encoding`)
  return value
}

function schemeOf(uri: string): string | undefined {
  return SCHEME.exec(uri)?.[1]?.toLowerCase()
}

// RFC 6761 and RFC 1122: names and addresses that never leave the machine. The parser of URLs has turned every spelling
// of an IPv4 address ("0x7f.1", "2130706433") into four decimal numbers.
const LOOPBACK_HOST = /^(?:localhost|.+\.localhost|127\.[0-9]+\.[0-9]+\.[0-9]+|\[::1\])\.?$/

export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_HOST.test(new URL(url).hostname)
}
