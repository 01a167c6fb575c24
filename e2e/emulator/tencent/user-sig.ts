import { createHmac, timingSafeEqual } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import * as z from 'zod'

/** A UserSig is under 300 bytes; a document far over that is no UserSig. */
const MAX_DOCUMENT_BYTES = 16 * 1024

const documentSchema = z.strictObject({
  'TLS.ver': z.literal('2.0'),
  'TLS.identifier': z.string().min(1),
  'TLS.sdkappid': z.int().min(1),
  'TLS.expire': z.int().min(1),
  'TLS.time': z.int().min(1),
  'TLS.sig': z.string().min(1),
})

type Document = z.infer<typeof documentSchema>

/** Why a UserSig is refused, with the provider's code. The text never repeats any part of the signature. */
export type UserSigFailure = { code: 70001 | 70003 | 70009 | 70013 | 70014; info: string }

/**
 * Verifies a UserSig of version 2 (TLSSigAPI v2): alphabet, zlib, JSON, app, identifier, HMAC-SHA256 and age.
 * It has expired when now > time + expire; the last second is still good. Returns null when it is good.
 */
export function verifyUserSig(claim: {
  userSig: string
  secretKey: string
  identifier: string
  appId: number
  nowSeconds: number
}): UserSigFailure | null {
  const document = decode(claim.userSig)
  if (!document) return { code: 70003, info: 'UserSig is malformed' }
  if (document['TLS.sdkappid'] !== claim.appId) {
    return { code: 70014, info: 'UserSig was made for another SDKAppID' }
  }
  if (document['TLS.identifier'] !== claim.identifier) {
    return { code: 70013, info: 'UserSig was made for another identifier' }
  }
  if (!isSignedWith(claim.secretKey, document)) {
    return { code: 70009, info: 'UserSig was made with another key' }
  }
  if (claim.nowSeconds > document['TLS.time'] + document['TLS.expire']) {
    return { code: 70001, info: 'UserSig has expired' }
  }
  return null
}

function decode(userSig: string): Document | null {
  if (!/^[A-Za-z0-9*_-]+$/.test(userSig) || userSig.length % 4 !== 0) return null
  const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=')
  try {
    const json = inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: MAX_DOCUMENT_BYTES })
    return documentSchema.safeParse(JSON.parse(json.toString('utf8'))).data ?? null
  } catch {
    return null
  }
}

function isSignedWith(secretKey: string, document: Document): boolean {
  const lines =
    `TLS.identifier:${document['TLS.identifier']}\n` +
    `TLS.sdkappid:${document['TLS.sdkappid']}\n` +
    `TLS.time:${document['TLS.time']}\n` +
    `TLS.expire:${document['TLS.expire']}\n`
  // The key is the secret's own bytes, although it looks like hexadecimal.
  const expected = Buffer.from(createHmac('sha256', secretKey).update(lines).digest('base64'))
  const given = Buffer.from(document['TLS.sig'])
  return expected.length === given.length && timingSafeEqual(expected, given)
}
