import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bulkLeadMicros, maxPermits, permitMicros } from './gcra'

describe('gcra', () => {
  test('paces to 90 % of the limit', () => {
    expect(permitMicros(200)).toBe(5_556)
    expect(permitMicros(20)).toBe(55_556)
    expect(permitMicros(1)).toBe(1_111_112)
  })

  test('lets few permits fall due together', () => {
    expect([1, 10, 20, 100, 200, 400].map(maxPermits)).toEqual([1, 1, 1, 5, 10, 10])
  })

  test('never gives more than the limit in any second, whatever mixture of reservations is made', () => {
    const limits = fc.integer({ min: 1, max: 1_000 })
    const requests = fc.array(
      fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), idle: fc.nat(300_000) }),
      {
        minLength: 1,
        maxLength: 300,
      },
    )
    fc.assert(
      fc.property(limits, requests, (perSecond, wishes) => {
        let lineEnds = 0
        const dues: number[] = []
        for (const { share, idle } of wishes) {
          const permits = Math.max(1, Math.round(share * maxPermits(perSecond)))
          const due = lineEnds + (idle > 250_000 ? idle : 0)
          for (let i = 0; i < permits; i += 1) dues.push(due)
          lineEnds = due + permits * permitMicros(perSecond)
        }
        expect(mostInASecond(dues)).toBeLessThanOrEqual(perSecond)
      }),
    )
  })

  test('keeps bulk work within about 50 ms of now, and never from working at all', () => {
    expect(bulkLeadMicros(5 * permitMicros(200))).toBe(50_000 - 27_780)
    expect(bulkLeadMicros(permitMicros(20))).toBe(10_000)
  })
})

function mostInASecond(duesMicros: number[]): number {
  let most = 0
  let from = 0
  for (const [index, due] of duesMicros.entries()) {
    while (due - (duesMicros[from] ?? due) >= 1_000_000) from += 1
    most = Math.max(most, index - from + 1)
  }
  return most
}
