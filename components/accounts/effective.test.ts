import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AboveDto } from '@/lib/mutes/above-rules'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { type AppMutes, appMutesOf, effectiveOf, type KnownMute } from './effective'

const now = 1_800_000_000_000

const until = fc.oneof(
  fc.constant(null),
  fc.constant('forever' as const),
  fc.integer({ min: -5, max: 5 }).map((seconds) => now + seconds * 1_000),
)
const mute = (...scopes: KnownMute['scope'][]) =>
  fc.record({ scope: fc.constantFrom(...scopes), until, checkedAt: fc.option(fc.constant(now)) })
const app: fc.Arbitrary<AppMutes> = fc.record({
  exists: fc.boolean(),
  everywhere: fc.tuple(mute('one_to_one'), mute('all_groups')),
  inGroups: fc.array(mute('group', 'topic'), { maxLength: 4 }),
  isRead: fc.boolean(),
})
const apps = fc.array(app, { minLength: 1, maxLength: 4 })

const mutesOf = (all: readonly AppMutes[]) =>
  all.flatMap(({ everywhere, inGroups }) => [...everywhere, ...inGroups])
const holds = (mute: KnownMute, at: number) =>
  mute.until === 'forever' || (mute.until !== null && mute.until > at)

describe('the effective answer', () => {
  it('counts every mute that holds once, wherever it is, and never says that there is none while one holds', () => {
    fc.assert(
      fc.property(apps, (all) => {
        const { kind, places, inGroups, perApp } = effectiveOf(all, now)
        const count = mutesOf(all).filter((mute) => holds(mute, now)).length
        expect(places).toBe(count)
        expect(perApp.reduce((sum, part) => sum + part, 0)).toBe(count)
        expect(inGroups).toBeLessThanOrEqual(count)
        expect(kind === 'none' || kind === 'unknown').toBe(count === 0)
      }),
    )
  })

  it('names an end that is ahead, the first of them; at that end the answer changes, and not before', () => {
    fc.assert(
      fc.property(apps, (all) => {
        const { nextEnd, places } = effectiveOf(all, now)
        if (nextEnd === null) {
          expect(effectiveOf(all, now + 1_000_000).places).toBe(places)
          return
        }
        expect(nextEnd).toBeGreaterThan(now)
        expect(effectiveOf(all, nextEnd - 1)).toEqual(effectiveOf(all, now))
        const after = effectiveOf(all, nextEnd)
        expect(after.places).toBeLessThan(places)
        expect(after.nextEnd === null || after.nextEnd > nextEnd).toBe(true)
      }),
    )
  })

  it('is complete only where every part is, and whatever the order of the other apps', () => {
    fc.assert(
      fc.property(apps, (all) => {
        const answer = effectiveOf(all, now)
        expect(answer.isRead).toBe(all.every(({ isRead }) => isRead))
        expect({ ...effectiveOf(all.toReversed(), now), perApp: [] }).toEqual({ ...answer, perApp: [] })
      }),
    )
  })

  const globals = (one: KnownMute['until'], all: KnownMute['until'], checkedAt: number | null = now) => [
    { scope: 'one_to_one' as const, until: one, checkedAt },
    { scope: 'all_groups' as const, until: all, checkedAt },
  ]
  const here = (about: Partial<AppMutes>): AppMutes => ({
    exists: true,
    everywhere: globals(null, null),
    inGroups: [],
    isRead: true,
    ...about,
  })
  const group = { scope: 'group', until: now + 9, checkedAt: now } as const
  const topic = { ...group, scope: 'topic' } as const

  it.each([
    ['none', [here({})]],
    ['none', [here({ everywhere: [], isRead: false })]],
    ['unknown', [here({ everywhere: globals(null, null, null), isRead: false })]],
    ['none', [here({ everywhere: globals(null, null, null) }), here({})]],
    ['everywhere', [here({ everywhere: globals('forever', null), inGroups: [group] })]],
    ['groups', [here({ inGroups: [group] })]],
    ['places', [here({ inGroups: [group, topic] })]],
    ['places', [here({ everywhere: globals('forever', null) }), here({})]],
    // An app of which nobody knows whether the id exists there is none in which it can write.
    ['everywhere', [here({ everywhere: globals('forever', null) }), here({ exists: false, isRead: false })]],
    ['places', [here({}), here({ exists: false, inGroups: [group] })]],
  ] as const)('is told as %s', (kind, all) => {
    expect(effectiveOf(all, now).kind).toBe(kind)
  })

  it('counts a group that is muted as a whole as one place, until the last of what silences the account there', () => {
    const state: MuteStateDto = {
      ...{ scope: 'group', version: 0, until: null, ledgerUntil: null, endedAt: null, checkedAt: now },
      ...{ drift: null, cause: null, pending: null },
    }
    const inGroup = (own: KnownMute['until'], ...above: AboveDto[]) => {
      const place = { groupId: 'g', topicId: null, type: null, name: null, isRead: true }
      const groups = [{ ...place, state: { ...state, until: own }, above }]
      const matrix = { states: [], reading: { status: 'fresh' as const } }
      const joined = { groups, others: [], hasMore: false, failure: null }
      return effectiveOf([appMutesOf(true, matrix, joined)], now)
    }
    const everyone = { scope: 'everyone', until: 'forever', checkedAt: now } as const
    const roles = { scope: 'roles', until: now + 5_000, checkedAt: now, roles: [101] } as const
    expect(inGroup(null)).toMatchObject({ kind: 'none', places: 0 })
    expect(inGroup(null, everyone)).toMatchObject({ kind: 'groups', inGroups: 1, places: 1, nextEnd: null })
    expect(inGroup(now + 9_000, { ...roles, roles: [101] })).toMatchObject({
      places: 1,
      nextEnd: now + 9_000,
    })
    expect(inGroup(now + 2_000, { ...roles, roles: [101] })).toMatchObject({
      places: 1,
      nextEnd: now + 5_000,
    })
    expect(inGroup(now + 2_000, everyone)).toMatchObject({ places: 1, nextEnd: null })
  })

  it('is not complete when a reading failed, is never told, was cut off or is still on its way', () => {
    const place = { groupId: 'g', topicId: null, type: null, name: null, above: [], isRead: true }
    const state: MuteStateDto = {
      ...{ scope: 'group', version: 0, until: null, ledgerUntil: null, endedAt: null, checkedAt: now },
      ...{ drift: null, cause: null, pending: null },
    }
    const matrix = {
      states: [state],
      reading: { status: 'fresh' as const },
    }
    const joined = { groups: [{ ...place, state }], others: [], hasMore: false, failure: null }
    const failure = { kind: 'timeout' as const }
    const isRead = (
      ...[asMatrix, asJoined]: [Parameters<typeof appMutesOf>[1], Parameters<typeof appMutesOf>[2]]
    ) => appMutesOf(true, asMatrix, asJoined).isRead
    expect(isRead(matrix, joined)).toBe(true)
    expect(appMutesOf(false, matrix, joined).isRead).toBe(false)
    expect(isRead(null, joined)).toBe(false)
    expect(isRead(matrix, null)).toBe(false)
    expect(isRead({ ...matrix, reading: { status: 'failed', failure } }, joined)).toBe(false)
    expect(isRead({ ...matrix, states: [{ ...state, isUntold: true }] }, joined)).toBe(false)
    expect(isRead(matrix, { ...joined, failure })).toBe(false)
    expect(isRead(matrix, { ...joined, hasMore: true })).toBe(false)
    expect(isRead(matrix, { ...joined, groups: [{ ...place, state, isRead: false }] })).toBe(false)
    expect(isRead(matrix, { ...joined, others: [{ ...place, state, isRead: false }] })).toBe(false)
  })
})
