// LINE's terse words for a fault, told plainly: what is wrong and what to do about it.

const PLAIN: readonly (readonly [RegExp, (found: readonly string[]) => string])[] = [
  [/^May not be empty$|^must be specified$|^must be non-empty text$/, () => 'It is missing or empty: give it a value.'],
  [/^`label` must be specified$/, () => 'The action needs a label, which is the text on its button.'],
  [/^Must be one of the following values: \[(.*)\]$/, ([values]) => `LINE knows only these here: ${values}.`],
  [/^Length must be between (\d+) and (\d+)$/, ([min, max]) => `The text must have ${min} to ${max} characters.`],
  [/^Size must be between (\d+) and (\d+)$/, ([min, max]) => `The list must have ${min} to ${max} entries.`],
  [/^must not be longer than (\d+) characters$/, ([max]) => `The text is too long: ${max} characters at most.`],
  [/^must not be more than (\d+) items$/, ([max]) => `There are too many: ${max} at most.`],
  [/^must not be less than (\d+) items$/, ([min]) => `There are too few: ${min} at least.`],
  [/^size must be between 0 and (\d+)$/, ([max]) => `The URL is too long: ${max} characters at most.`],
  [/^invalid uri scheme$/, () => 'The URL must begin with a scheme that LINE takes here, mostly https.'],
  [/^invalid uri$/, () => 'This is no URL: special characters must be percent-encoded.'],
  [/^invalid property$/, () => 'The value is none that is known here, or the property does not belong here.'],
  [/^Must not be specified$/, () => 'It does not belong here: leave it out.'],
  [/^Must be greater than or equal to (\d+)$/, ([min]) => `The number must be ${min} or more.`],
  [/^Duplicate field '(.*)'$/, ([name]) => `"${name}" stands twice in one object: LINE takes it once only.`],
  [/^Too large flex message/, () => 'The container is too large: shorten texts, or split it into several messages.'],
  [
    /^The key '(.*)' enclosed in/,
    ([key]) => `"{${key}}" is taken for a placeholder: write {{ and }} for braces in the text.`,
  ],
  [/^The property, .* is invalid/, () => 'The value is not of the type or form that this property has.'],
]

export function explainFault(fault: string): string {
  for (const [form, tell] of PLAIN) {
    const found = form.exec(fault)
    if (found !== null) return tell(found.slice(1))
  }
  return 'LINE refuses this value.'
}
