import { type LimitName, limit } from '../limits.ts'
import { type Inspection, type Place, within } from '../rules/inspection.ts'
import {
  added,
  type Fields,
  inTier,
  invalid,
  isJsonObject,
  missing,
  object,
  oneOf,
  type Rule,
  required,
  text,
} from '../rules/rule.ts'
import { original, tagged } from '../rules/tagged.ts'
import { deepWords } from '../wording.ts'
import { type CommonFields, commonFields } from './common-fields.ts'
import { quoteToken } from './quote-token.ts'

// LINE reference, "Message objects", text v2: `{key}` in the text stands for what `substitution` has under that key;
// `{{` and `}}` are braces.
export interface TextMessageV2 extends CommonFields {
  type: 'textV2'
  text: string
  substitution?: Record<string, Substitution>
  quoteToken?: string
}

export type Substitution = MentionSubstitution | EmojiSubstitution

export interface MentionSubstitution {
  type: 'mention'
  mentionee: MentionTarget
}

export type MentionTarget = { type: 'user'; userId: string } | { type: 'all' }

export interface EmojiSubstitution {
  type: 'emoji'
  productId: string
  emojiId: string
}

const mentionTarget = tagged<MentionTarget>({
  user: original(
    object<{ type: 'user'; userId: string }>({ type: required(oneOf(['user'])), userId: required(text()) }),
  ),
  all: original(object<{ type: 'all' }>({ type: required(oneOf(['all'])) })),
})

const mentionFields: Fields<MentionSubstitution> = {
  type: required(oneOf(['mention'])),
  mentionee: required(mentionTarget),
}

const substitution = tagged<Substitution>({
  mention: original(
    object(mentionFields, (_mention, inspection, place) => {
      // LINE reference, "Mention object": in replies and pushes only.
      if (inspection.operation === undefined || inspection.operation === 'reply' || inspection.operation === 'push')
        return
      invalid(inspection, within(place, 'type'))
    }),
  ),
  emoji: original(
    object<EmojiSubstitution>({
      type: required(oneOf(['emoji'])),
      productId: required(text()),
      emojiId: required(text()),
    }),
  ),
})

const substitutionOrMissing: Rule<Substitution> = {
  read(value, inspection, place) {
    if (value === null) return missing(inspection, place)
    return substitution.read(value, inspection, place)
  },
}

const KEY = /^[a-zA-Z0-9_]+$/

const substitutions: Rule<Record<string, Substitution>> = {
  read(value, inspection, place) {
    if (!isJsonObject(value)) return inspection.wrongType(place)
    const entries = Object.entries(value)
    const max = limit('textV2.substitution', inspection.profile)
    if (max !== null && entries.length > max) return inspection.fault(deepWords.size(max), place)
    const sound: [string, Substitution][] = []
    for (const [name, given] of entries) {
      const read = isKey(name, inspection)
        ? substitutionOrMissing.read(given, inspection, within(place, name))
        : invalid(inspection, within(place, name))
      if (read !== undefined) sound.push([name, read])
    }
    // fromEntries, because "__proto__" is a key like any other here.
    return sound.length === entries.length ? Object.fromEntries(sound) : undefined
  },
}

function isKey(name: string, inspection: Inspection): boolean {
  const max = limit('textV2.substitutionKey', inspection.profile)
  return KEY.test(name) && (max === null || name.length <= max)
}

const fields: Fields<TextMessageV2> = {
  type: required(oneOf(['textV2'])),
  text: required(text({ limit: 'textV2.text' })),
  substitution: added(inTier('deep', substitutions)),
  quoteToken,
  ...commonFields,
}

export const textMessageV2: Rule<TextMessageV2> = object(fields, (message, inspection, place) => {
  checkPlaceholders(message, inspection, { ...place, tier: 'deep' })
})

function checkPlaceholders({ text, substitution }: TextMessageV2, inspection: Inspection, place: Place): void {
  const keys = placeholders(text)
  if (keys === undefined) {
    // unconfirmed: the wording; that braces must pair is documented.
    invalid(inspection, within(place, 'text'))
    return
  }
  const used = { mention: 0, emoji: 0 }
  for (const key of new Set(keys)) {
    const found = own(substitution, key)
    if (!isKey(key, inspection)) inspection.fault(deepWords.key(key), within(place, 'text'))
    else if (found === undefined) missing(inspection, within(within(place, 'substitution'), key))
    else used[found.type] += keys.filter((other) => other === key).length
  }
  countFits(used.mention, 'textV2.mentions', inspection, place)
  countFits(used.emoji, 'textV2.emojis', inspection, place)
}

function countFits(count: number, name: LimitName, inspection: Inspection, place: Place): void {
  const max = limit(name, inspection.profile)
  if (max !== null && count > max) inspection.fault(deepWords.size(max), within(place, 'text'))
}

function own(map: Record<string, Substitution> | undefined, key: string): Substitution | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined
}

/** The keys in braces, in order; undefined when the braces do not pair. */
export function placeholders(text: string): string[] | undefined {
  const keys: string[] = []
  for (const [piece] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]/g)) {
    if (piece === '{' || piece === '}') return undefined
    if (piece !== '{{' && piece !== '}}') keys.push(piece.slice(1, -1))
  }
  return keys
}
