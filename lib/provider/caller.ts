import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import { type Clock, systemClock } from '@/lib/clock'
import { backoffMs, maxAttempts } from './backoff'
import { createCircuit } from './circuit'
import { ProviderError } from './errors'
import { isTransportFailure, type Judge, mayRetry } from './judge'
import type { CallOptions, MutePermit } from './port'
import { createPoster } from './post'

/** Until the whole answer is here; Tencent's own back end gives up after 3 s. */
const callDeadlineMs = 5_000
/** Within this time from the first try the last one must have begun: a moderator waits less than a bulk job. */
const overallWaitMs = { interactive: 10_000, bulk: 60_000 } as const

/** The pacing that is asked before every attempt; `ThrottleBusyError` (by name) says that no permit comes in time. */
export type Throttle = {
  acquire(request: {
    key: string
    perSecond: number
    permits?: number
    priority: 'interactive' | 'bulk'
    maxWaitMs: number
    signal?: AbortSignal
  }): Promise<void>
}

/** What the clients of all providers are made with. */
export type CallerOptions = {
  throttle: Throttle
  clock?: Clock
  /** milliseconds; shorter in tests */
  deadlineMs?: number
  /** what the jitter of retries is drawn from, 0 ≤ x < 1 */
  random?: () => number
}

/** One call as a provider's client prepares it. */
export type PreparedCall<T> = {
  /** the provider's limit that it counts against */
  limit: { key: string; perSecond: number }
  /** it changes something, so that a lost answer leaves its outcome open */
  writes: boolean
  schema: z.ZodType<T>
  /** Built and signed anew for each attempt, after its permit was granted: durations are counted from that moment. */
  request(): {
    /** path and query */
    path: string
    /** JSON of a POST; null: a GET */
    body: string | null
    /** the provider says that the signature of this request is too old */
    onExpiredSignature?(): void
  }
}

/** An answer, when it was handled (epoch ms) and how long its attempt took (ms). */
export type Answered<T> = { answer: T; answeredAt: number; tookMs: number }

export type Caller = {
  /** Resolves with the parsed answer of the attempt that got one. Throws `ProviderError`. */
  call<T>(call: PreparedCall<T>, options: CallOptions): Promise<Answered<T>>
  /**
   * Waits until a call may be made that counts against this limit. Throws `ProviderError` (`busy`, `cancelled`,
   * `circuit_open`).
   */
  takePermit(limit: PreparedCall<unknown>['limit'], options: CallOptions): Promise<MutePermit>
  close(): Promise<void>
}

/** A permit that is used later than this after it came would bring the call too close to the next one, in ms. */
const permitUsableMs = 50

/** Calls one origin: paced, with a deadline, a size cap, a circuit breaker and careful retries. */
export function createCaller(origin: string, judge: Judge, options: CallerOptions): Caller {
  const { throttle, clock = systemClock, deadlineMs = callDeadlineMs, random = Math.random } = options
  const { failure } = judge
  const poster = createPoster(origin)
  const circuit = createCircuit(isTransportFailure)

  async function takePermit(
    limit: PreparedCall<unknown>['limit'],
    { priority, signal }: CallOptions,
    maxWaitMs: number,
  ) {
    try {
      await throttle.acquire({ ...limit, priority, maxWaitMs, signal })
    } catch (error) {
      if (signal?.aborted) throw failure('cancelled', 'none')
      if (error instanceof Error && error.name === 'ThrottleBusyError') throw failure('busy', 'none')
      throw error
    }
  }

  async function send<T>({ request, schema, writes }: PreparedCall<T>, signal?: AbortSignal) {
    const { path, body, onExpiredSignature } = request()
    const sentAt = performance.now()
    const outcome = await poster.send({ path, body, deadlineMs, signal })
    const [answeredAt, tookMs] = [clock.now(), performance.now() - sentAt]
    const judged = judge.judge(outcome, schema, writes)
    if (!(judged instanceof ProviderError)) return { ...judged, answeredAt, tookMs }
    // Thrown and not returned: that the caller gave up says nothing to the circuit about the provider.
    if (outcome.kind === 'aborted') throw judged
    if (isExpiredSignature(judged)) onExpiredSignature?.()
    return judged
  }

  async function attempt<T>(
    call: PreparedCall<T>,
    { permit, ...callOptions }: CallOptions,
    maxWaitMs: number,
  ) {
    if (circuit.isOpen()) return failure('circuit_open', 'none')
    if (!permit || performance.now() > permit.usableUntil)
      await takePermit(call.limit, callOptions, maxWaitMs)
    if (callOptions.notAfter !== undefined && performance.now() > callOptions.notAfter)
      throw failure('cancelled', 'none')
    const result = await circuit.run(() => send(call, callOptions.signal))
    return result === 'open' ? failure('circuit_open', 'none') : result
  }

  function isExpiredSignature(error: ProviderError): boolean {
    return judge.codeEntryOf(error)?.category === 'expired_signature'
  }

  return {
    async call(call, callOptions) {
      if (callOptions.signal?.aborted) throw failure('cancelled', 'none')
      const giveUpAt = performance.now() + overallWaitMs[callOptions.priority]
      let signedAgain = false
      for (let tries = 1; ; tries += 1) {
        const { permit, ...rest } = callOptions
        // A permit is for one attempt.
        const options = permit && tries === 1 ? callOptions : rest
        const result = await attempt(call, options, Math.max(0, giveUpAt - performance.now()))
        if (!(result instanceof ProviderError)) return result
        if (isExpiredSignature(result)) {
          if (signedAgain) throw result
          signedAgain = true
          continue
        }
        if (tries >= maxAttempts || !mayRetry(result)) throw result
        const delayMs = backoffMs(tries, judge.codeEntryOf(result)?.throttled ?? false, random)
        if (performance.now() + delayMs >= giveUpAt) throw result
        await wait(delayMs, undefined, { signal: callOptions.signal }).catch(() => {
          throw failure('cancelled', 'none')
        })
      }
    },
    async takePermit(limit, callOptions) {
      if (circuit.isOpen()) throw failure('circuit_open', 'none')
      await takePermit(limit, callOptions, overallWaitMs[callOptions.priority])
      return { usableUntil: performance.now() + permitUsableMs }
    },
    close: () => poster.close(),
  }
}
