import { describe, expect, it } from 'vitest'
import { isLoopback } from './uri.ts'

describe('isLoopback', () => {
  it('knows every spelling of this machine', () => {
    for (const host of [
      'localhost',
      'LOCALHOST',
      'a.localhost',
      'localhost.',
      '127.0.0.1',
      '127.1',
      '0x7f000001',
      '2130706433',
      '[::1]',
      '[0:0::1]',
    ])
      expect(isLoopback(`http://${host}:8081/x`), host).toBe(true)
  })

  it('takes no other for it', () => {
    for (const host of [
      'example.com',
      'localhost.com',
      'notlocalhost',
      '127.0.0.1.com',
      '128.0.0.1',
      '0.0.0.0',
      '[::2]',
      '[::ffff:7f00:1]',
      '10.0.0.1',
      'localhost@evil.com',
      '',
    ])
      expect(isLoopback(`http://${host}/x`), host).toBe(false)
  })
})
