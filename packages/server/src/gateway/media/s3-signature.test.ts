import { expect, it } from 'vitest'
import { encodePart, signS3Request } from './s3-signature.ts'

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const nowMs = Date.UTC(2013, 4, 24)
const host = 'https://examplebucket.s3.amazonaws.com'

// AWS, "Examples: Signature Calculations"
it.each([
  [
    'GET object',
    { method: 'GET', url: new URL(`${host}/test.txt`), headers: { range: 'bytes=0-9' } },
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'PUT object',
    {
      method: 'PUT',
      url: new URL(`${host}/${encodePart('test$file.text')}`),
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      body: 'Welcome to Amazon S3.',
    },
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'GET bucket lifecycle',
    { method: 'GET', url: new URL(`${host}/?lifecycle`) },
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'GET bucket (list objects)',
    { method: 'GET', url: new URL(`${host}/?max-keys=2&prefix=J`) },
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
])('signs as in the published example: %s', (_name, request, signature) => {
  const { authorization = '' } = signS3Request(request, 'us-east-1', credentials, nowMs)
  expect(authorization.split('Signature=')[1]).toBe(signature)
})

it('sends and signs the token of borrowed credentials', () => {
  const request = { method: 'GET', url: new URL(`${host}/test.txt`) }
  const headers = signS3Request(request, 'us-east-1', { ...credentials, sessionToken: 'borrowed' }, nowMs)
  expect(headers['x-amz-security-token']).toBe('borrowed')
  expect(headers.authorization).toContain('x-amz-security-token')
})
