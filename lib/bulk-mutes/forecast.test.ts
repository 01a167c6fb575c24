import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inForce, sameEnd } from '@/lib/mutes/ends'
import type { Until } from '@/lib/mutes/schemas'
import { groupRoles } from '@/lib/provider/port'
import { type Known, prospectOf, type Wish } from './forecast'
import { isDoing } from './rules'

const now = Date.UTC(2026, 10, 21, 9)
const hour = 3_600_000
const mute: Wish = { kind: 'mute', scopes: ['group'], until: now + 24 * hour, mayShorten: false }
const lift: Wish = { ...mute, kind: 'lift', until: null }

function member(until: Until | null = null, known: Partial<Known> = {}): Known {
  const state = { until, version: 4, isTold: true, isPending: false }
  return {
    isProtected: false,
    exists: null,
    membership: { role: groupRoles.member },
    states: { group: state },
    ...known,
  }
}

describe('what a run will do to an account', () => {
  test.each([
    ['nothing holds', mute, member(), 'mute'],
    ['a mute that ends earlier', mute, member(now + hour), 'extend'],
    ['a mute that ends later', mute, member(now + 48 * hour), 'already_longer'],
    ['one that ends later, told to shorten', { ...mute, mayShorten: true }, member('forever'), 'shorten'],
    ['the same end', mute, member(now + 24 * hour + 2_000), 'already_so'],
    ['a protected account', mute, member(null, { isProtected: true }), 'protected'],
    ['no such account', mute, member(null, { exists: false }), 'no_account'],
    ['no member', mute, member(null, { membership: 'none' }), 'not_a_member'],
    ['the owner', mute, member(null, { membership: { role: groupRoles.owner } }), 'owner'],
    ['an admin', mute, member(null, { membership: { role: groupRoles.admin } }), 'admin'],
    ['members that cannot be listed', mute, member(null, { membership: null }), 'mute'],
    ['a lift of a mute', lift, member('forever'), 'lift'],
    ['a lift of an admin', lift, member('forever', { membership: { role: groupRoles.admin } }), 'lift'],
    ['a lift of nothing', lift, member(), 'not_muted'],
    [
      'a lift where the provider does not tell',
      lift,
      member(null, { states: { group: { until: null, version: 0, isTold: false, isPending: false } } }),
      'lift',
    ],
    ['a mute whose end has passed', lift, member(now - hour), 'not_muted'],
  ] as const)('%s', (_, wish, known, forecast) => {
    expect(prospectOf(wish, known, now).forecast).toBe(forecast)
  })

  test('only the scopes that change are sent, with the versions that were seen', () => {
    const known = member(null, {
      membership: null,
      states: {
        one_to_one: { until: 'forever', version: 7, isTold: true, isPending: false },
        all_groups: { until: null, version: 0, isTold: true, isPending: false },
      },
    })
    const wish: Wish = { ...mute, scopes: ['one_to_one', 'all_groups'] }
    expect(prospectOf(wish, known, now)).toEqual({
      forecast: 'mute',
      before: { one_to_one: 'forever', all_groups: null },
      after: { all_groups: mute.until },
      basis: { one_to_one: 7, all_groups: 0 },
    })
  })

  const end = fc.oneof(
    fc.constant(null),
    fc.constant('forever' as const),
    fc.integer({ min: now - hour, max: now + 99 * hour }),
  )

  test('a mute is never shortened unasked, and what is sent always changes something', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant('forever' as const), fc.integer({ min: now + 1, max: now + 99 * hour })),
        end,
        end,
        fc.boolean(),
        (until, one, all, mayShorten) => {
          const states = {
            one_to_one: { until: one, version: 1, isTold: true, isPending: false },
            all_groups: { until: all, version: 1, isTold: true, isPending: false },
          }
          const wish: Wish = { kind: 'mute', scopes: ['one_to_one', 'all_groups'], until, mayShorten }
          const { forecast, before, after } = prospectOf(
            wish,
            member(null, { states, membership: null }),
            now,
          )
          const scopes = wish.scopes.filter((scope) => scope in after)
          expect(isDoing(forecast)).toBe(scopes.length > 0)
          for (const scope of scopes) {
            expect(sameEnd(inForce(before[scope] ?? null, now), after[scope] ?? null, now)).toBe(false)
            const old = inForce(before[scope] ?? null, now)
            const isShorter =
              old === 'forever' || (typeof old === 'number' && until !== 'forever' && old > until)
            if (!mayShorten) expect(isShorter).toBe(false)
          }
        },
      ),
    )
  })
})
