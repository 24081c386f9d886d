// A quick look at a text that JSON.parse has accepted. JSON.parse cannot say that a property was written twice, and a
// reader of our own costs several times as much as JSON.parse. But one colon outside strings stands for one property,
// so counting colons and comparing with the properties of the value tells whether there is a duplicate: no keys are cut
// out or hashed, strings are skipped with indexOf, and the cost is linear whatever the body. Which property it is, is
// found by the slow reader (locate.ts) once there is something to report.

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

export interface Survey {
  properties: number
  depth: number
}

/** @param text valid JSON */
export function survey(text: string): Survey {
  let properties = 0
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) at = endOfString(text, at)
    else if (unit === COLON) properties += 1
    else if (unit === OPENING_BRACE || unit === OPENING_BRACKET) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (unit === CLOSING_BRACE || unit === CLOSING_BRACKET) depth -= 1
  }
  return { properties, depth: deepest }
}

/** Where the string that opens at `start` closes. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

/** The properties of a value and of all that is in it. @param value from JSON.parse, of a depth that was checked */
export function countProperties(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countProperties(item)
    return count
  }
  for (const inner of Object.values(value)) count += 1 + countProperties(inner)
  return count
}
