import { createHash, timingSafeEqual } from 'node:crypto'

/** How far a timestamp may be from the server's clock, either way, and how long a nonce is remembered. */
export const TOLERANCE_SECONDS = 600

/** Whether a signature of version 2.0 was made with the secret: lower-case hex of one MD5, nothing between the parts. */
export function isSignedWith(
  serverSecret: string,
  claim: { appId: number; nonce: string; timestamp: string; signature: string },
): boolean {
  // The secret is its own text, although it looks like hexadecimal.
  const text = `${claim.appId}${claim.nonce}${serverSecret}${claim.timestamp}`
  const expected = Buffer.from(createHash('md5').update(text).digest('hex'))
  const given = Buffer.from(claim.signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** Notes the use of a nonce; false when it was used already within the tolerance. */
export function rememberNonce(nonces: Map<string, number>, nonce: string, nowSeconds: number): boolean {
  for (const [old, usedAt] of nonces) {
    if (nowSeconds - usedAt < TOLERANCE_SECONDS) break
    nonces.delete(old)
  }
  if (nonces.has(nonce)) return false
  nonces.set(nonce, nowSeconds)
  return true
}
