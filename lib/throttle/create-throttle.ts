import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { Db } from '@/lib/db'
import { bulkLeadMicros, maxPermits, permitMicros } from './gcra'
import type { Reservation } from './reserve'
import { createReserver } from './reserve-together'
import { createStretches, type Permit, staleAfterMs } from './stretches'
import { createTurns, LateError, within } from './turns'

export type ThrottleRequest = {
  /** names the limit: all that share one must use the same key and `perSecond` */
  key: string
  /** the provider's limit, calls a second; a little less is used */
  perSecond: number
  /** how many calls will be made at once, 1 by default; at most `maxPermits(perSecond)` */
  permits?: number
  /** `interactive`: somebody waits for this very call; `bulk` gives way to it */
  priority: 'interactive' | 'bulk'
  /** how long the caller is ready to wait until it may call */
  maxWaitMs: number
  signal?: AbortSignal | undefined
}

/** The pacing of calls to a provider, shared by all instances through the database. */
export type Throttle = {
  /**
   * Returns when the calls may be made; make them at once, a permit cannot be saved up.
   *
   * GCRA with a burst of one: every permit takes up 1/(90 % of the limit) seconds of a line that is kept in the
   * database, by the database's clock, so that no second anywhere sees more calls than the limit. Interactive callers
   * join the line's end. Bulk callers join only while the line is almost empty (within 50 ms of now), so an interactive
   * call waits about 50 ms for them, or one interval of a limit slower than that; among themselves the bulk callers of
   * a process keep their order.
   *
   * Throws `ThrottleBusyError` without having taken a permit when it would fall due later than `maxWaitMs`; the same
   * when the database stays silent; the database's error when it fails; the signal's reason when that aborts. After
   * any of them no call may be made. `RangeError` for a number of permits that the limit cannot hold.
   */
  acquire(request: ThrottleRequest): Promise<void>
}

/** No permit falls due in time. */
export class ThrottleBusyError extends Error {
  override readonly name = 'ThrottleBusyError'
}

/** Beyond the caller's own wait, for the database's answer. */
const answerWithinMs = 2_000
/** A permit that took so long to come is given up for a new one as one that is used late, and its caller goes on alone. */
const staleAnswerMs = 200

/** Makes the pacing over the database that `db` opens. */
export function createThrottle(db: () => Promise<Db>): Throttle {
  const turns = createTurns()
  const lateTurns = createTurns()
  const stretches = createStretches()
  const reserve = createReserver(db)

  async function ask(request: ThrottleRequest, takenMicros: number, giveUpAt: number): Promise<Reservation> {
    const leftMs = giveUpAt - performance.now()
    const reach = request.priority === 'bulk' ? bulkLeadMicros(takenMicros) : Number.POSITIVE_INFINITY
    const leadMicros = Math.max(0, Math.floor(Math.min(reach, leftMs * 1_000)))
    const answer = reserve({ key: request.key, takenMicros, leadMicros })
    return await within(answer, leftMs + answerWithinMs, request.signal)
  }

  async function reserveOne(
    request: ThrottleRequest,
    takenMicros: number,
    giveUpAt: number,
  ): Promise<Permit> {
    for (;;) {
      const askedAt = performance.now()
      const reservation = await ask(request, takenMicros, giveUpAt)
      const answeredAt = performance.now()
      if (reservation.granted) {
        const dueAt = answeredAt + reservation.dueFromNowMicros / 1_000
        return { dueAt, isStale: answeredAt - askedAt > staleAnswerMs }
      }
      const nextTryInMs = nextTryMicros(reservation.lineEndsFromNowMicros, takenMicros) / 1_000
      const isHopeless = request.priority === 'interactive' || answeredAt + nextTryInMs > giveUpAt
      if (isHopeless) throw busy(request)
      await delay(nextTryInMs, undefined, { signal: request.signal })
    }
  }

  async function reserveInTurn(
    request: ThrottleRequest,
    takenMicros: number,
    giveUpAt: number,
  ): Promise<Permit> {
    if (request.priority === 'interactive') return await reserveOne(request, takenMicros, giveUpAt)
    const turn = { withinMs: giveUpAt - performance.now(), signal: request.signal }
    return await turns.run(request.key, turn, (behind) => {
      // Several at once fall due together, and are alone in their stretch.
      if ((request.permits ?? 1) > 1) return reserveOne(request, takenMicros, giveUpAt)
      const aheadMs = bulkLeadMicros(takenMicros) / 2_000
      return stretches.next(request, { behind, aheadMs }, (permits) =>
        reserveOne(request, permits * takenMicros, giveUpAt),
      )
    })
  }

  /** Returns when a permit has fallen due; whether it is fresh enough to be used beside others. */
  async function waitForPermit(
    request: ThrottleRequest,
    takenMicros: number,
    giveUpAt: number,
  ): Promise<boolean> {
    const { dueAt, isStale } = await reserveInTurn(request, takenMicros, giveUpAt)
    const waitMs = dueAt - performance.now()
    if (waitMs > 0) await delay(Math.ceil(waitMs), undefined, { signal: request.signal })
    return !isStale && performance.now() - dueAt <= staleAfterMs
  }

  return {
    async acquire(request) {
      const { perSecond, permits = 1, maxWaitMs, signal } = request
      if (!Number.isInteger(permits) || permits < 1 || permits > maxPermits(perSecond)) {
        throw new RangeError(`${permits} permits at once do not fit ${request.key}`)
      }
      const takenMicros = permits * permitMicros(perSecond)
      const giveUpAt = performance.now() + maxWaitMs
      try {
        signal?.throwIfAborted()
        if (await waitForPermit(request, takenMicros, giveUpAt)) return
        if (performance.now() > giveUpAt) throw busy(request)
        // Alone in its line even a late permit does no harm: the next one is asked for only after this call was made.
        const turn = { withinMs: giveUpAt - performance.now(), signal }
        const isFresh = await lateTurns.run(`${request.priority} ${request.key}`, turn, () =>
          waitForPermit(request, takenMicros, giveUpAt),
        )
        if (!isFresh && performance.now() > giveUpAt) throw busy(request)
      } catch (error) {
        signal?.throwIfAborted()
        if (error instanceof LateError) throw new ThrottleBusyError(error.message, { cause: error })
        throw error
      }
    },
  }
}

function busy(request: ThrottleRequest): ThrottleBusyError {
  return new ThrottleBusyError(`no permit for ${request.key} in time`)
}

/** When a refused bulk caller asks again: when half of its lead is free, and not all processes at the same moment. */
function nextTryMicros(lineEndsFromNowMicros: number, takenMicros: number): number {
  const lead = bulkLeadMicros(takenMicros)
  return Math.max(lineEndsFromNowMicros - lead / 2, 0) + (Math.random() * lead) / 4
}
