import { expect, test } from 'vitest'
import { languageOf } from './text-language.ts'

test.each([
  ['波止場から船が出ます', 'ja'],
  ['码头的船', 'zh'],
  ['สวัสดีครับ', 'th'],
  ['안녕하세요', 'ko'],
  ['The 13:40 ferry 🕊️', undefined],
])('%s is told by its letters', (text, language) => {
  expect(languageOf(text)).toBe(language)
})
