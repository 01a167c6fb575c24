import type { ProviderName } from './port'

/**
 * - `refused`: the provider answered with a code of its own (see `providerCode`)
 * - `malformed`: it answered with something that is not its format (HTML, truncated, wrong types, over 1 MB)
 * - `timeout`: no answer before the deadline
 * - `unreachable`: no connection could be made; the request never left
 * - `disconnected`: the connection broke after the request left
 * - `http_error`: an HTTP status other than 200 and no readable code in the body
 * - `busy`: our own throttle has no permit within the time the caller waits
 * - `circuit_open`: too many failures in a row; the call was not made
 * - `cancelled`: the caller stopped waiting before the request left
 */
export const providerErrorKinds = [
  'refused',
  'malformed',
  'timeout',
  'unreachable',
  'disconnected',
  'http_error',
  'busy',
  'circuit_open',
  'cancelled',
] as const
export type ProviderErrorKind = (typeof providerErrorKinds)[number]

const brand = Symbol.for('hushdesk.ProviderError')

/**
 * A call to a provider that did not succeed. Its message never holds a URL, a signature or a secret. A process may
 * evaluate this module several times (see index.ts), so `instanceof` goes by a mark that all of them share.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly [brand] = true
  static override [Symbol.hasInstance](value: unknown): value is ProviderError {
    return typeof value === 'object' && value !== null && brand in value
  }
  constructor(
    readonly provider: ProviderName,
    readonly kind: ProviderErrorKind,
    readonly options: {
      /** `none`: surely nothing changed at the provider; `unknown`: the change may have been applied */
      effect: 'none' | 'unknown'
      providerCode?: number
      httpStatus?: number
      /** may be tried again later as it is */
      retryable: boolean
      /** not about this call: the connection's secret, rights or set-up is wrong, or its app is switched off */
      isConnectionWide?: boolean
    },
  ) {
    super(`${provider} ${kind}${options.providerCode === undefined ? '' : ` ${options.providerCode}`}`)
  }
}

/** What of a provider error is kept and shown: its kind and the provider's own code. Any other error is thrown on. */
export function providerFailure(error: unknown): { kind: ProviderErrorKind; providerCode?: number } {
  if (!(error instanceof ProviderError)) throw error
  const { providerCode } = error.options
  return { kind: error.kind, ...(providerCode === undefined ? {} : { providerCode }) }
}

/** Whether the provider refused this very question: it would say so again, and other questions may still be answered. */
export function isFinalRefusal(error: unknown): boolean {
  if (!(error instanceof ProviderError) || error.kind !== 'refused') return false
  return !error.options.retryable && !error.options.isConnectionWide
}
