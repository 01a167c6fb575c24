import 'server-only'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** `hd_` and six bytes to find the key by, then 32 random bytes in base64url, which has underscores of its own. */
const form = /^(hd_[0-9a-f]{12})_[\w-]{43}$/

/** Makes up a secret; `prefix` is its part that may be shown. */
export function newSecret(): { secret: string; prefix: string } {
  const prefix = `hd_${randomBytes(6).toString('hex')}`
  return { prefix, secret: `${prefix}_${randomBytes(32).toString('base64url')}` }
}

/** The part by which its key is found; empty when it has not the form of a secret, and then no key has it. */
export function prefixOf(secret: string): string {
  return form.exec(secret)?.[1] ?? ''
}

/** What is kept of a secret, in hex. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether this is the secret with that hash, in the same time for every one; `undefined`: there is no such key. */
export function isSecretOf(secret: string, storedHash: string | undefined): boolean {
  const expected = Buffer.from(storedHash ?? '0'.repeat(64), 'hex')
  const isSame = timingSafeEqual(Buffer.from(hashOfSecret(secret), 'hex'), expected)
  return isSame && storedHash !== undefined
}
