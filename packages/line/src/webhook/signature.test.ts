import { describe, expect, it } from 'vitest'
import { verifies } from '../../../../tests/testkit/verifies.ts'
import { signBody, verifySignature } from './signature.ts'

// LINE documentation, "Verify webhook signature": the published example.
const SECRET = '8c570fa6dd201bb328f1c1eac23a96d8'
const BODY = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
const SIGNATURE = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='

describe('signBody', () => {
  it("gives the signature of LINE's published example", () => {
    expect(signBody(BODY, SECRET)).toBe(SIGNATURE)
    expect(signBody(new TextEncoder().encode(BODY), SECRET)).toBe(SIGNATURE)
  })

  it('signs the UTF-8 bytes of a text', () => {
    expect(signBody('こんにちは🍎', SECRET)).toBe(signBody(Buffer.from('こんにちは🍎', 'utf8'), SECRET))
  })
})

describe('verifySignature', () => {
  it("takes LINE's published example, as text and as bytes", () => {
    verifies('line.webhook.signature-hmac-sha256')
    expect(verifySignature(BODY, SIGNATURE, SECRET)).toBe(true)
    expect(verifySignature(Buffer.from(BODY), SIGNATURE, SECRET)).toBe(true)
    expect(verifySignature(BODY, [SIGNATURE], SECRET)).toBe(true)
  })

  it('takes a signature without padding', () => {
    expect(verifySignature(BODY, SIGNATURE.replace('=', ''), SECRET)).toBe(true)
  })

  it('takes any of several secrets', () => {
    expect(verifySignature(BODY, SIGNATURE, ['old', SECRET])).toBe(true)
    expect(verifySignature(BODY, SIGNATURE, [SECRET, 'new'])).toBe(true)
    expect(verifySignature(BODY, SIGNATURE, ['old', 'new'])).toBe(false)
  })

  it('refuses everything without a secret', () => {
    expect(verifySignature(BODY, signBody(BODY, ''), '')).toBe(false)
    expect(verifySignature(BODY, SIGNATURE, [])).toBe(false)
  })

  it('refuses another body, another secret and another signature', () => {
    verifies('line.webhook.signature-base64')
    expect(verifySignature(`${BODY} `, SIGNATURE, SECRET)).toBe(false)
    expect(verifySignature(BODY, SIGNATURE, SECRET.toUpperCase())).toBe(false)
    expect(verifySignature(BODY, signBody('{}', SECRET), SECRET)).toBe(false)
  })

  it.each([
    undefined,
    null,
    '',
    [],
    [SIGNATURE, SIGNATURE],
    'not base64',
    `${SIGNATURE}=`,
    ` ${SIGNATURE}`,
    `${SIGNATURE}\n`,
    SIGNATURE.slice(4),
    SIGNATURE + SIGNATURE,
    SIGNATURE.replaceAll('+', '-'),
    'あ'.repeat(43),
  ])('answers false for the header %j', (header) => {
    expect(verifySignature(BODY, header, SECRET)).toBe(false)
  })
})
