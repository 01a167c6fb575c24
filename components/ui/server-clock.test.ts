import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateAt, hasJumped, untilNextSecond, withSample } from './server-clock'

const hour = 3_600_000
const serverStart = Date.UTC(2030, 0, 1)
/** A browser whose wall clock is `skew` ms wrong: `t` ms after the start its clocks read so. */
const at = (t: number, skew = 0) => ({ wall: serverStart + skew + t, steady: 500 + t })

describe('the estimate of the server clock', () => {
  it('is right within half a round trip, however wrong the browser clock is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5 * 365 * 24 * hour, max: 5 * 365 * 24 * hour }),
        fc.integer({ min: 0, max: 4_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 24 * hour }),
        (skew, roundTripMs, share, later) => {
          const serverNow = serverStart + roundTripMs * share
          const estimate = withSample(null, { serverNow, receivedAt: at(roundTripMs, skew), roundTripMs })
          const truth = serverStart + roundTripMs + later
          expect(Math.abs(estimateAt(estimate, at(roundTripMs + later, skew)) - truth)).toBeLessThanOrEqual(
            roundTripMs / 2 + 1,
          )
        },
      ),
    )
  })

  it('never goes back because of an answer that may be old', () => {
    const good = withSample(null, { serverNow: serverStart, receivedAt: at(0), roundTripMs: 40 })
    const stale = withSample(good, { serverNow: serverStart, receivedAt: at(hour) })
    expect(estimateAt(stale, at(hour))).toBe(serverStart + 20 + hour)
  })

  it('is corrected by an answer of unknown age that is later than it could be', () => {
    const late = withSample(null, { serverNow: serverStart - hour, receivedAt: at(0) })
    const better = withSample(late, { serverNow: serverStart, receivedAt: at(10) })
    expect(estimateAt(better, at(10))).toBe(serverStart)
  })

  it('keeps the quicker of two answers that agree, and takes the newer of two that do not', () => {
    const quick = withSample(null, { serverNow: serverStart, receivedAt: at(0), roundTripMs: 20 })
    expect(withSample(quick, { serverNow: serverStart + 800, receivedAt: at(1_000), roundTripMs: 600 })).toBe(
      quick,
    )
    const other = withSample(quick, {
      serverNow: serverStart + 9_000,
      receivedAt: at(1_000),
      roundTripMs: 600,
    })
    expect(estimateAt(other, at(1_000))).toBe(serverStart + 9_300)
  })

  it('lets certainty fade, so that a day later a slower answer is taken', () => {
    const quick = withSample(null, { serverNow: serverStart, receivedAt: at(0), roundTripMs: 20 })
    const day = 24 * hour
    expect(
      withSample(quick, { serverNow: serverStart + day, receivedAt: at(day), roundTripMs: 600 }),
    ).not.toBe(quick)
  })

  it('runs on through two hours of sleep in which the steady clock stood still', () => {
    const estimate = withSample(null, { serverNow: serverStart, receivedAt: at(0), roundTripMs: 0 })
    const awake = { wall: serverStart + 2 * hour, steady: 500 + 3_000 }
    expect(hasJumped(estimate, awake)).toBe(true)
    expect(estimateAt(estimate, awake)).toBe(serverStart + 2 * hour)
  })

  it('runs on when the wall clock is set back', () => {
    const estimate = withSample(null, { serverNow: serverStart, receivedAt: at(0), roundTripMs: 0 })
    const setBack = { wall: serverStart - hour, steady: 500 + 60_000 }
    expect(hasJumped(estimate, setBack)).toBe(true)
    expect(estimateAt(estimate, setBack)).toBe(serverStart + 60_000)
  })

  it('takes what the server says after a jump', () => {
    const estimate = withSample(null, { serverNow: serverStart, receivedAt: at(0), roundTripMs: 0 })
    const setForward = { wall: serverStart + 24 * hour, steady: 500 + 1_000 }
    const asked = withSample(estimate, {
      serverNow: serverStart + 900,
      receivedAt: setForward,
      roundTripMs: 200,
    })
    expect(estimateAt(asked, setForward)).toBe(serverStart + 1_000)
  })

  it('sees no jump in ordinary drift', () => {
    const estimate = withSample(null, { serverNow: serverStart, receivedAt: at(0), roundTripMs: 0 })
    expect(hasJumped(estimate, { wall: serverStart + hour + 1_900, steady: 500 + hour })).toBe(false)
  })
})

describe('untilNextSecond', () => {
  it('ends on a full second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
        const wait = untilNextSecond(now)
        expect(wait).toBeGreaterThan(0)
        expect(wait).toBeLessThanOrEqual(1_000)
        expect((now + wait) % 1_000).toBe(0)
      }),
    )
  })
})
