import { describe, expect, it } from 'vitest'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { chipStateOf } from './mute-chips'

const free: MuteStateDto = {
  scope: 'one_to_one',
  version: 1,
  until: null,
  ledgerUntil: null,
  endedAt: null,
  checkedAt: 1_000,
  drift: null,
  cause: null,
  pending: null,
}
const pending = (status: 'requested' | 'unknown') => ({
  id: 'c',
  kind: 'mute' as const,
  status,
  actorName: 'A',
  requestedAt: 0,
})

describe('chipStateOf', () => {
  it.each<[string, Partial<MuteStateDto>, string]>([
    ['read and not muted', {}, 'none'],
    ['never read', { checkedAt: null }, 'unknown'],
    ['muted', { until: 5_000 }, 'muted'],
    [
      'muted for ever, by the ledger alone',
      { until: 'forever', ledgerUntil: 'forever', checkedAt: null },
      'muted',
    ],
    ['muted elsewhere', { until: 5_000, drift: 'set_outside' }, 'drift'],
    ['lifted elsewhere', { ledgerUntil: 5_000, drift: 'lifted_outside' }, 'drift'],
    [
      'being changed, whatever holds',
      { until: 5_000, drift: 'set_outside', pending: pending('requested') },
      'sending',
    ],
    ['without an answer', { until: 5_000, pending: pending('unknown') }, 'unknown'],
  ])('of a scope that is %s', (_, state, expected) => {
    expect(chipStateOf({ ...free, ...state })).toBe(expected)
  })
})
