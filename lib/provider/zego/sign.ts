import 'server-only'
import { createHash, randomBytes } from 'node:crypto'

export type SigningIdentity = { appId: number; serverSecret: string }

/**
 * A signature of version 2.0: MD5 over app id, nonce, secret and unix seconds, one after the other. It covers neither
 * the Action nor the parameters, so a URL that got out could be pointed at any other call for ten minutes.
 */
export function signatureOf(
  { appId, serverSecret }: SigningIdentity,
  nonce: string,
  timestamp: number,
): string {
  return createHash('md5').update(`${appId}${nonce}${serverSecret}${timestamp}`, 'utf8').digest('hex')
}

/** The common parameters of one request, with a nonce that is never used again. `now` is epoch milliseconds. */
export function signedParameters(identity: SigningIdentity, now: number) {
  const nonce = randomBytes(8).toString('hex')
  const timestamp = Math.floor(now / 1000)
  return {
    AppId: identity.appId,
    SignatureNonce: nonce,
    Timestamp: timestamp,
    SignatureVersion: '2.0',
    Signature: signatureOf(identity, nonce, timestamp),
  }
}
