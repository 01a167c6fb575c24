import 'server-only'
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import { type Clock, systemClock } from '@/lib/clock'
import type { Connection } from '@/lib/env'
import { backoffMs, maxAttempts } from '../backoff'
import { createCircuit } from '../circuit'
import { ProviderError } from '../errors'
import type { CallOptions } from '../port'
import { createPoster } from '../post'
import { lookUpCode } from './codes'
import { failure, isTransportFailure, judge, mayRetry } from './outcome'
import { createSigner } from './sign'
import { type CommandName, commands } from './wire'

/** Until the whole answer is here; the provider's own back end gives up after 3 s. */
const callDeadlineMs = 5_000
/** Within this time from the first try the last one must have begun: a moderator waits less than a bulk job. */
const overallWaitMs = { interactive: 10_000, bulk: 60_000 } as const
/** What error 70001, "UserSig expired", is answered with. */
const expiredSignatureCode = 70001

/** Main domains of the data centres ("RESTful API Overview"); `endpoint` of a connection replaces them. */
const domains: Record<Connection['region'], string> = {
  china: 'console.tim.qq.com',
  singapore: 'adminapisgp.im.qcloud.com',
  seoul: 'adminapikr.im.qcloud.com',
  tokyo: 'adminapijpn.im.qcloud.com',
  frankfurt: 'adminapiger.im.qcloud.com',
  'silicon-valley': 'adminapiusa.im.qcloud.com',
  jakarta: 'adminapiidn.im.qcloud.com',
  // UNCONFIRMED since 2024: gone from newer pages, still in older ones.
  mumbai: 'adminapiind.im.qcloud.com',
}

/** The pacing that a client asks before every attempt; `ThrottleBusyError` (by name) says that no permit comes in time. */
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

export type ClientOptions = {
  connection: Connection
  throttle: Throttle
  clock?: Clock
  /** milliseconds; shorter in tests */
  deadlineMs?: number
  /** what the jitter of retries is drawn from, 0 ≤ x < 1 */
  random?: () => number
}

export type Call<T> = {
  command: CommandName
  /** built anew for each attempt, after its permit was granted: durations in it are counted from that moment */
  body: () => object
  schema: z.ZodType<T>
}

export type TencentClient = {
  /** Resolves with the parsed answer and the instant (epoch ms) at which it came. Throws `ProviderError`. */
  call<T>(call: Call<T>, options: CallOptions): Promise<{ answer: T; answeredAt: number }>
  close(): Promise<void>
}

/** Calls one connection's REST API: paced, signed, with a deadline, a size cap, a circuit breaker and careful retries. */
export function createTencentClient(options: ClientOptions): TencentClient {
  const {
    connection,
    throttle,
    clock = systemClock,
    deadlineMs = callDeadlineMs,
    random = Math.random,
  } = options
  const { sdkAppId, adminIdentifier, secretKey } = connection
  const base = new URL(connection.endpoint ?? `https://${domains[connection.region]}`)
  const poster = createPoster(base.origin)
  const signer = createSigner({ sdkAppId, identifier: adminIdentifier, secretKey }, clock)
  const circuit = createCircuit(isTransportFailure)

  async function takePermit(command: CommandName, { priority, signal }: CallOptions, maxWaitMs: number) {
    const perSecond = connection.limits.callsPerSecond[command] ?? commands[command].callsPerSecond
    try {
      await throttle.acquire({
        key: `tencent:${connection.sdkAppId}:${command}`,
        perSecond,
        priority,
        maxWaitMs,
        signal,
      })
    } catch (error) {
      if (signal?.aborted) throw failure('cancelled', 'none')
      if (error instanceof Error && error.name === 'ThrottleBusyError') throw failure('busy', 'none')
      throw error
    }
  }

  async function post<T>({ command, body, schema }: Call<T>, signature: string, signal?: AbortSignal) {
    const query = [
      `sdkappid=${sdkAppId}`,
      `identifier=${encodeURIComponent(adminIdentifier)}`,
      `usersig=${encodeURIComponent(signature)}`,
      `random=${randomInt(2 ** 32)}`,
      'contenttype=json',
    ].join('&')
    const path = `${base.pathname.replace(/\/$/, '')}/${commands[command].path}?${query}`
    const outcome = await poster.post({ path, body: JSON.stringify(body()), deadlineMs, signal })
    const answeredAt = clock.now()
    const judged = judge(outcome, schema, commands[command].writes)
    if (!(judged instanceof ProviderError)) return { ...judged, answeredAt }
    // Thrown and not returned: that the caller gave up says nothing to the circuit about the provider.
    if (outcome.kind === 'aborted') throw judged
    return judged
  }

  async function attempt<T>(call: Call<T>, callOptions: CallOptions, maxWaitMs: number) {
    if (circuit.isOpen()) return failure('circuit_open', 'none')
    await takePermit(call.command, callOptions, maxWaitMs)
    const signature = signer.current()
    const result = await circuit.run(() => post(call, signature, callOptions.signal))
    if (result === 'open') return failure('circuit_open', 'none')
    if (isExpiredSignature(result)) signer.renew(signature)
    return result
  }

  return {
    async call(call, callOptions) {
      if (callOptions.signal?.aborted) throw failure('cancelled', 'none')
      const giveUpAt = performance.now() + overallWaitMs[callOptions.priority]
      let renewed = false
      for (let tries = 1; ; tries += 1) {
        const result = await attempt(call, callOptions, Math.max(0, giveUpAt - performance.now()))
        if (!(result instanceof ProviderError)) return result
        if (isExpiredSignature(result)) {
          if (renewed) throw result
          renewed = true
          continue
        }
        if (tries >= maxAttempts || !mayRetry(result)) throw result
        const delayMs = backoffMs(tries, lookUpCode(result.options.providerCode ?? 0).throttled, random)
        if (performance.now() + delayMs >= giveUpAt) throw result
        await wait(delayMs, undefined, { signal: callOptions.signal }).catch(() => {
          throw failure('cancelled', 'none')
        })
      }
    },
    close: () => poster.close(),
  }
}

function isExpiredSignature(result: unknown): boolean {
  return result instanceof ProviderError && result.options.providerCode === expiredSignatureCode
}
