import type * as z from 'zod'
import { ProviderError, type ProviderErrorKind } from '../errors'
import type { PostOutcome } from '../post'
import { lookUpCode } from './codes'
import { parseExactly } from './json'
import { envelopeSchema } from './wire'

/** UNCONFIRMED whether a gateway in front of the provider answers so; nothing was applied then. */
const passingStatuses = new Set([408, 429])

type Facts = { providerCode?: number; httpStatus?: number }

/** Without a cause: those of the HTTP client may hold the URL, and with it the signature. */
export function failure(
  kind: ProviderErrorKind,
  effect: 'none' | 'unknown',
  facts: Facts = {},
): ProviderError {
  return new ProviderError('tencent', kind, { effect, retryable: isRetryable(kind, facts), ...facts })
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

/**
 * Reads how a POST ended: the parsed answer, or the error to throw. `ErrorCode` in a readable body decides, whatever
 * the HTTP status is. The effect is `unknown` only for a write that left and whose fate the outcome does not tell.
 */
export function judge<T>(
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
      const envelope = envelopeSchema.safeParse(json)
      if (!envelope.success && httpStatus === 200) return refuse('malformed', true, { httpStatus })
      // Redirects and 4xx come from something before the service that did not let the request through.
      if (!envelope.success)
        return refuse('http_error', httpStatus < 300 || httpStatus >= 500, { httpStatus })
      const providerCode = envelope.data.ErrorCode
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

function readJson(body: Uint8Array): unknown {
  try {
    return parseExactly(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
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
