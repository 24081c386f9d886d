import { describe, expect, it } from 'vitest'
import { placeholders } from './text-v2.ts'

describe('placeholders', () => {
  it('are what stands between single braces', () => {
    expect(placeholders('Welcome, {user1}! {laugh}{laugh}')).toEqual(['user1', 'laugh', 'laugh'])
    expect(placeholders('none')).toEqual([])
    expect(placeholders('{}')).toEqual([''])
  })

  it('are not what stands between doubled braces', () => {
    expect(placeholders('{{not}} {{{key}}} {{ }}')).toEqual(['key'])
  })

  it('are nothing when the braces do not pair', () => {
    for (const text of ['{', '}', 'a { b', '{a', 'a}', '{a{b}', '{{{', '}}}', '{a}}'])
      expect(placeholders(text)).toBeUndefined()
  })
})
