import { expect, test } from 'vitest'
import { signatureOf, signedParameters } from './sign'

test('the published sample gets the signature that the documents give', () => {
  const identity = { appId: 12345, serverSecret: '9193cc662a4c0ec135ec71fb57194b38' }
  expect(signatureOf(identity, '4fd24687296dd9f3', 1615186943)).toBe('43e5cfcca828314675f91b001390566a')
})

test('a request is signed at its second, with 8 bytes that no other has', () => {
  const identity = { appId: 4_294_967_295, serverSecret: 'secret' }
  const drawn = Array.from({ length: 100 }, () => signedParameters(identity, 1_615_186_943_999))
  for (const { SignatureNonce, Signature, ...rest } of drawn) {
    expect(rest).toEqual({ AppId: 4_294_967_295, Timestamp: 1_615_186_943, SignatureVersion: '2.0' })
    expect(SignatureNonce).toMatch(/^[0-9a-f]{16}$/)
    expect(Signature).toBe(signatureOf(identity, SignatureNonce, 1_615_186_943))
  }
  expect(new Set(drawn.map(({ SignatureNonce }) => SignatureNonce)).size).toBe(100)
})
