import { expect, it } from 'vitest'
import { createAddressCheck, NetworkError } from './public-address.ts'

it('lets an operator allow networks that are not public, and nothing beside them', () => {
  const isAllowed = createAddressCheck(['10.1.0.0/16', '64:ff9b::/96'])
  expect(isAllowed('10.1.2.3', 'public')).toBe(true)
  expect(isAllowed('64:ff9b::808:808', 'public')).toBe(true)
  expect(isAllowed('10.2.0.1', 'public')).toBe(false)
  expect(isAllowed('64:ff9b:1::1', 'public')).toBe(false)
  expect(isAllowed('::1', 'public')).toBe(false)
})

it('refuses networks that are none', () => {
  for (const text of ['10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'localhost/8', '10.0.0.0/8/8', 'fe80::1%eth0/64', ''])
    expect(() => createAddressCheck([text]), text).toThrow(NetworkError)
})

it('takes nothing that is no address', () => {
  const isAllowed = createAddressCheck()
  for (const text of ['', 'localhost', '8.8.8', 'fe80::1%eth0', '2606:4700::1%0'])
    expect(isAllowed(text, 'public'), text).toBe(false)
})
