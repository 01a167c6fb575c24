import type * as z from 'zod'
import type { CodeEntry } from './code-traits'
import { ProviderError, type ProviderErrorKind } from './errors'
import { parseExactly } from './json'
import type { ProviderName } from './port'
import type { PostOutcome } from './post'

/** UNCONFIRMED whether a gateway in front of a provider answers so; nothing was applied then. */
const passingStatuses = new Set([408, 429])

/** Codes of these families would be the answer to any other call too. */
const connectionWide: readonly CodeEntry['category'][] = [
  'expired_signature',
  'signature',
  'locked_out',
  'configuration',
  'disabled',
  'plan',
]

type Facts = { providerCode?: number; httpStatus?: number }

/** How one provider words its answers. */
export type Dialect = {
  provider: ProviderName
  /** The code of an answer, 0 for one that is to be read as a success; `undefined`: not an answer of this provider. */
  codeOf(json: unknown): number | undefined
  lookUpCode(code: number): CodeEntry
}

/** Tells what became of a call, in the words of the port. */
export type Judge = {
  /** Without a cause: those of the HTTP client may hold the URL, and with it the signature. */
  failure(kind: ProviderErrorKind, effect: 'none' | 'unknown', facts?: Facts): ProviderError
  /**
   * Reads how a request ended: the parsed answer, or the error to throw. The code in a readable body decides, whatever
   * the HTTP status is. The effect is `unknown` only for a write that left and whose fate the outcome does not tell.
   */
  judge<T>(outcome: PostOutcome, schema: z.ZodType<T>, writes: boolean): { answer: T } | ProviderError
  /** What the code of a failure means; `undefined` for one without a code. */
  codeEntryOf(error: ProviderError): CodeEntry | undefined
}

/** The judge of one provider's answers. */
export function createJudge({ provider, codeOf, lookUpCode }: Dialect): Judge {
  function failure(kind: ProviderErrorKind, effect: 'none' | 'unknown', facts: Facts = {}): ProviderError {
    return new ProviderError(provider, kind, {
      effect,
      retryable: isRetryable(kind, facts),
      ...(isConnectionWide(facts) && { isConnectionWide: true }),
      ...facts,
    })
  }

  function isConnectionWide({ providerCode }: Facts): boolean {
    return providerCode !== undefined && connectionWide.includes(lookUpCode(providerCode).category)
  }

  function isRetryable(kind: ProviderErrorKind, { providerCode, httpStatus = 0 }: Facts): boolean {
    switch (kind) {
      case 'refused':
        return providerCode !== undefined && lookUpCode(providerCode).retryable
      case 'http_error':
        return httpStatus >= 500 || passingStatuses.has(httpStatus)
      case 'cancelled':
        return false
      case 'malformed':
      case 'timeout':
      case 'unreachable':
      case 'disconnected':
      case 'busy':
      case 'circuit_open':
        return true
      default:
        return kind satisfies never
    }
  }

  function readJson(body: Uint8Array): unknown {
    try {
      return parseExactly(new TextDecoder('utf-8', { fatal: true }).decode(body))
    } catch {
      return undefined
    }
  }

  function judge<T>(
    outcome: PostOutcome,
    schema: z.ZodType<T>,
    writes: boolean,
  ): { answer: T } | ProviderError {
    const refuse = (kind: ProviderErrorKind, mayHaveApplied: boolean, facts: Facts = {}) =>
      failure(kind, writes && mayHaveApplied ? 'unknown' : 'none', facts)
    switch (outcome.kind) {
      case 'garbled':
        return refuse('malformed', true)
      case 'timeout':
      case 'disconnected':
      case 'unreachable':
        return refuse(outcome.kind, outcome.sent)
      case 'aborted':
        // A write that left and is no longer waited for is as open as one whose connection broke.
        return refuse(writes && outcome.sent ? 'disconnected' : 'cancelled', outcome.sent)
      case 'answered': {
        const { status: httpStatus } = outcome
        const json = readJson(outcome.body)
        const providerCode = codeOf(json)
        if (providerCode === undefined) {
          if (httpStatus === 200) return refuse('malformed', true, { httpStatus })
          // Redirects and 4xx come from something before the service that did not let the request through.
          return refuse('http_error', httpStatus < 300 || httpStatus >= 500, { httpStatus })
        }
        if (providerCode !== 0) {
          return refuse('refused', lookUpCode(providerCode).mayHaveApplied, { providerCode, httpStatus })
        }
        const parsed = schema.safeParse(json)
        return parsed.success ? { answer: parsed.data } : refuse('malformed', true, { httpStatus })
      }
      default:
        return outcome satisfies never
    }
  }

  return {
    failure,
    judge,
    codeEntryOf: ({ options }) =>
      options.providerCode === undefined ? undefined : lookUpCode(options.providerCode),
  }
}

/** Failures that speak of the way to the provider and not of the request; they count towards opening the circuit. */
export function isTransportFailure(result: unknown): boolean {
  if (!(result instanceof ProviderError)) return false
  return ['timeout', 'unreachable', 'disconnected', 'malformed', 'http_error'].includes(result.kind)
}

/** A read leaves no open outcome; a write is repeated only when it certainly was not applied. */
export function mayRetry({ kind, options }: ProviderError): boolean {
  if (options.effect !== 'none' || !options.retryable) return false
  return ['refused', 'timeout', 'unreachable', 'disconnected', 'http_error'].includes(kind)
}
