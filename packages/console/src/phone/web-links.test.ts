import { expect, test } from 'vitest'
import { splitLinks } from './web-links.ts'

const links = (text: string) => splitLinks(text).flatMap((part) => (part.isLink ? [part.text] : []))

test('finds web addresses, without the marks that end a sentence', () => {
  expect(links('See https://ferry.example.com/times, and http://127.0.0.1:8080/a?b=c#d.')).toEqual([
    'https://ferry.example.com/times',
    'http://127.0.0.1:8080/a?b=c#d',
  ])
  expect(links('時刻表は「https://ferry.example.com/times」です。')).toEqual(['https://ferry.example.com/times'])
})

test('loses nothing of the text', () => {
  for (const text of ['', 'no link', 'https://a.example', ' https://a.example/ (https://b.example).\n', 'https://'])
    expect(
      splitLinks(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
})

test('makes no link of other schemes or of a scheme alone', () => {
  expect(links('javascript:alert(1) data:text/html,x https:// http://')).toEqual([])
})
