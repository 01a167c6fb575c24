import 'server-only'
import { createHmac } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Clock } from '@/lib/clock'

/** How long a signature is valid; the provider advises not less than 24 hours. */
export const signatureLifetimeSeconds = 86_400
/** A signature is renewed at half its life, so clocks may differ by 12 hours before one is refused. */
const renewAfterSeconds = signatureLifetimeSeconds / 2

export type SigningIdentity = {
  sdkAppId: number
  /** an app admin account of the chat app */
  identifier: string
  secretKey: string
}

/**
 * A UserSig of version 2.0 (TLSSigAPI v2, "Generating UserSig"), valid for `lifetimeSeconds` from `issuedAt` (unix
 * seconds).
 */
export function mintUserSig(identity: SigningIdentity, issuedAt: number, lifetimeSeconds: number): string {
  const { sdkAppId, identifier, secretKey } = identity
  const text = [
    `TLS.identifier:${identifier}`,
    `TLS.sdkappid:${sdkAppId}`,
    `TLS.time:${issuedAt}`,
    `TLS.expire:${lifetimeSeconds}`,
    '',
  ].join('\n')
  const document = JSON.stringify({
    'TLS.ver': '2.0',
    'TLS.identifier': identifier,
    'TLS.sdkappid': sdkAppId,
    'TLS.expire': lifetimeSeconds,
    'TLS.time': issuedAt,
    // The key is the text of the secret itself: it looks like hex but is not decoded.
    'TLS.sig': createHmac('sha256', secretKey).update(text).digest('base64'),
  })
  // The provider's own base64 variant, not RFC 4648 base64url.
  return deflateSync(document)
    .toString('base64')
    .replaceAll('+', '*')
    .replaceAll('/', '-')
    .replaceAll('=', '_')
}

export type Signer = {
  /** A signature with at least half its life ahead. */
  current(): string
  /** Forgets `refused`, so that the next `current()` is a new one; a newer signature already in place stays. */
  renew(refused: string): void
}

/** Mints one signature per connection and keeps it until half its life has passed by `clock`. */
export function createSigner(identity: SigningIdentity, clock: Clock): Signer {
  let cached: { signature: string; issuedAt: number } | undefined
  return {
    current() {
      const now = Math.floor(clock.now() / 1000)
      if (!cached || now >= cached.issuedAt + renewAfterSeconds) {
        cached = { signature: mintUserSig(identity, now, signatureLifetimeSeconds), issuedAt: now }
      }
      return cached.signature
    },
    renew(refused) {
      if (cached?.signature === refused) cached = undefined
    },
  }
}
