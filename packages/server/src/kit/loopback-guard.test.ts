import { expect, it } from 'vitest'
import { checkHostAndOrigin } from './loopback-guard.ts'

it('takes loopback names with any port, with no Origin or its own', () => {
  for (const host of ['localhost', 'localhost:8081', '127.0.0.1:8081', '127.4.5.6', '[::1]:8081'])
    expect(checkHostAndOrigin(host, undefined)).toEqual({ allowed: true })
  expect(checkHostAndOrigin('localhost:8081', 'http://localhost:8081')).toEqual({ allowed: true })
  expect(checkHostAndOrigin('chat.example.com', 'https://chat.example.com', ['chat.example.com'])).toEqual({
    allowed: true,
  })
})

it('refuses every other Host and every other Origin', () => {
  for (const host of [
    undefined,
    '',
    'example.com',
    'localhost.example.com',
    '127.0.0.1.nip.io',
    '192.168.0.1:8081',
    '::1',
  ])
    expect(checkHostAndOrigin(host, undefined).allowed).toBe(false)
  for (const origin of ['null', 'http://localhost:3000', 'https://example.com', 'http://127.0.0.1:8081'])
    expect(checkHostAndOrigin('localhost:8081', origin).allowed).toBe(false)
})
