import { expect, test } from 'vitest'
import { destinationOf } from './addresses.ts'

test.each([
  ['tel:+81-3-1234-5678', { kind: 'dial', number: '+81-3-1234-5678' }],
  ['https://example.com/a', { kind: 'browser', url: 'https://example.com/a' }],
  ['line://nv/profile', { kind: 'other', url: 'line://nv/profile' }],
  ['geo:35.44,139.64', { kind: 'map', place: { latitude: 35.44, longitude: 139.64 } }],
  [
    'https://www.google.com/maps/search/?api=1&query=35.44,139.64',
    { kind: 'map', place: { latitude: 35.44, longitude: 139.64 } },
  ],
  ['https://maps.google.com/?q=-33.9,18.4', { kind: 'map', place: { latitude: -33.9, longitude: 18.4 } }],
  ['https://www.google.com/maps/@35.1,139.2,15z', { kind: 'map', place: { latitude: 35.1, longitude: 139.2 } }],
  ['https://www.google.com/search?q=1,2', { kind: 'browser', url: 'https://www.google.com/search?q=1,2' }],
  ['https://maps.google.com/?q=pier', { kind: 'browser', url: 'https://maps.google.com/?q=pier' }],
])('%s leads where a phone would go', (address, destination) => {
  expect(destinationOf(address)).toEqual(destination)
})
