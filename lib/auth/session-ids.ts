import 'server-only'
import { createHmac } from 'node:crypto'
import { type Clock, systemClock } from '@/lib/clock'

type Known = { sessionId: string; expiresAt: number }

/** The session ids inside tokens that were decrypted already. */
export type SessionIds = {
  find(token: string, authSecret: string): string | undefined
  /** `expiresAt` is the token's own end, epoch ms. */
  remember(token: string, authSecret: string, known: Known): void
}

/**
 * Keeps the newest used `capacity` session ids in memory, each only until its token's own end. What a token is found by
 * is a keyed hash of all of it: an altered one, or one under another secret, is another token, and none is kept.
 */
export function createSessionIds({
  capacity,
  clock = systemClock,
}: {
  capacity: number
  clock?: Clock
}): SessionIds {
  const known = new Map<string, Known>()

  /** A map keeps the order of insertion: the first is the one that was not used for longest. */
  function put(hash: string, entry: Known) {
    known.delete(hash)
    known.set(hash, entry)
    const [oldest] = known.keys()
    if (known.size > capacity && oldest !== undefined) known.delete(oldest)
  }

  return {
    find(token, authSecret) {
      const hash = hashOf(token, authSecret)
      const entry = known.get(hash)
      if (!entry) return undefined
      if (entry.expiresAt > clock.now()) {
        put(hash, entry)
        return entry.sessionId
      }
      known.delete(hash)
      return undefined
    },
    remember(token, authSecret, entry) {
      if (entry.expiresAt > clock.now()) put(hashOf(token, authSecret), entry)
    },
  }
}

function hashOf(token: string, authSecret: string): string {
  return createHmac('sha256', authSecret).update(token).digest('base64')
}
