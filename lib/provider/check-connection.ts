import 'server-only'
import { request } from 'undici'
import { type ProviderErrorKind, providerFailure } from './errors'
import type { Provider } from './port'

/** A clock that is off by more is told, in seconds: signatures are refused from some minutes on. */
const toleratedSeconds = 30
const patienceMs = 15_000

export type ConnectionCheck = {
  /** why the provider cannot be used; null: it can */
  failure: { kind: ProviderErrorKind; providerCode?: number } | null
  /** by how much this machine's clock is ahead of the provider's, in seconds; null: within 30 s, or it did not say */
  clockAheadSeconds: number | null
}

/**
 * Whether a connection can be used: credentials, clock, region and rights. Nothing is muted or lifted; ZEGO's operator
 * is registered if it is not yet.
 */
export async function checkConnection(
  provider: Provider,
  now: () => number = Date.now,
): Promise<ConnectionCheck> {
  const options = { priority: 'interactive', signal: AbortSignal.timeout(patienceMs) } as const
  const [access, clockAheadSeconds] = await Promise.all([
    provider.checkAccess(options).then(() => null, providerFailure),
    measureClock(provider.origin, now),
  ])
  return { failure: access, clockAheadSeconds }
}

/** By the `Date` of an answer to a request without any signature in it. */
async function measureClock(origin: string, now: () => number): Promise<number | null> {
  try {
    const { headers, body } = await request(origin, {
      method: 'HEAD',
      signal: AbortSignal.timeout(patienceMs),
    })
    await body.dump()
    const aheadSeconds = Math.round((now() - Date.parse(String(headers.date))) / 1000)
    return Math.abs(aheadSeconds) > toleratedSeconds ? aheadSeconds : null
  } catch {
    // That it does not answer is told by the check of access.
    return null
  }
}
