import type { JsonPath } from './locate.ts'

/** A path as LINE prints it: `messages[0].quickReply.items[3].action`. */
export function propertyPath(path: JsonPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}
