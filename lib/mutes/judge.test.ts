import { expect, test } from 'vitest'
import type { ChangeRow } from './internal'
import type { Until } from './schemas'
import { judge } from './settle'

const now = Date.UTC(2026, 0, 1)
const inAnHour = now + 3_600_000

function change(scope: ChangeRow['scope'], beforeUntil: Until | null, afterUntil: Until | null): ChangeRow {
  const [beforeRoles, afterRoles] = [null, null]
  return { commandId: 'command', scope, beforeUntil, afterUntil, beforeRoles, afterRoles, version: 1 }
}
const liftOfBoth = [change('one_to_one', inAnHour, null), change('all_groups', 'forever', null)]

test('a lift that the provider shows in every scope took effect', () => {
  const reading = { askedAt: now, until: { one_to_one: null, all_groups: null } }
  expect(judge(liftOfBoth, reading, now)).toEqual({ status: 'applied' })
})

test.each([[{}], [{ one_to_one: null }]])(
  'an answer that leaves a scope out, %j, confirms no lift',
  (until) => {
    expect(judge(liftOfBoth, { askedAt: now, until }, now)).toBe('send')
  },
)

test('a scope that is left out is not taken for a change from outside', () => {
  const shortened = [change('one_to_one', 'forever', inAnHour)]
  expect(judge(shortened, { askedAt: now, until: {} }, now)).toBe('send')
})

test('a scope that is left out does not hide what somebody else changed in the other', () => {
  const reading = { askedAt: now, until: { all_groups: inAnHour } }
  expect(judge(liftOfBoth, reading, now)).toEqual({ status: 'rejected', failure: { kind: 'overtaken' } })
})

const onOff = (everyone: Until | null) => ({ askedAt: now, until: { everyone }, keepsNoEnd: true })

test('where the provider only knows on and off, "on" shows any mute of everybody, also one whose end has passed', () => {
  expect(judge([change('everyone', null, inAnHour)], onOff('forever'), now)).toEqual({ status: 'applied' })
  expect(judge([change('everyone', null, now - 1)], onOff('forever'), now)).toEqual({ status: 'applied' })
  expect(judge([change('everyone', null, now - 1)], onOff(null), now)).toEqual({
    status: 'rejected',
    failure: { kind: 'too_late' },
  })
})

test.each([[inAnHour], [now - 1], ['forever'], [null]] as const)(
  'and a lift of what ended at %s that did not take effect is sent again: "on" is nobody else\'s change',
  (before) => {
    expect(judge([change('everyone', before, null)], onOff('forever'), now)).toBe('send')
  },
)

const ofRoles = (before: number[] | null, after: number[] | null): ChangeRow => ({
  ...change('roles', before && inAnHour, after && inAnHour),
  beforeRoles: before,
  afterRoles: after,
})
const wholeGroup = (everyone: Until | null, roles?: number[]) => ({
  askedAt: now,
  until: { everyone, roles: roles ? inAnHour : null },
  ...(roles && { roles }),
})
const overtaken = { status: 'rejected', failure: { kind: 'overtaken' } }

test.each([
  ['the list that was asked for', wholeGroup(null, [2, 3]), { status: 'applied' }],
  ['the list before', wholeGroup(null, [3]), 'send'],
  ['a third list', wholeGroup(null, [2]), overtaken],
  ['everybody in its place', wholeGroup(inAnHour), overtaken],
] as const)('of roles with one end the list tells: %s', (_, reading, verdict) => {
  const changes = [change('everyone', null, null), ofRoles([3], [2, 3])]
  expect(judge(changes, reading, now)).toEqual(verdict)
})

test('half of what held before a mute of roles is somebody else’s change', () => {
  const changes = [change('everyone', inAnHour, null), ofRoles(null, [3])]
  expect(judge(changes, wholeGroup(inAnHour), now)).toBe('send')
  expect(judge(changes, wholeGroup(null), now)).toEqual(overtaken)
})

test('a mute of everybody whose end has passed cannot be told, whatever it did not change', () => {
  const changes = [change('everyone', null, now - 1), ofRoles(null, null)]
  expect(judge(changes, wholeGroup(null), now)).toMatchObject({ failure: { kind: 'too_late' } })
})

test.each([
  ['in time', 0, 'applied'],
  ['4 s late', 4_000, 'send'],
] as const)(
  'a call that came %s is told from an answer that took long: its end is not known better than that',
  (_, lateMs, verdict) => {
    const changes = [change('one_to_one', null, inAnHour)]
    // The provider counted what remains when it was asked; this process handled the answer 9 s later.
    const until = { one_to_one: inAnHour + lateMs + 9_000 }
    const told = judge(changes, { askedAt: now, until, tookMs: 9_000 }, now)
    expect(typeof told === 'string' ? told : told.status).toBe(verdict)
  },
)

test('an answer that took long does not hide what somebody else has set', () => {
  const reading = { askedAt: now, until: { one_to_one: inAnHour - 60_000 }, tookMs: 9_000 }
  expect(judge([change('one_to_one', null, inAnHour)], reading, now)).toEqual(overtaken)
})

test('nor is what held before taken for somebody else’s because its answer took long', () => {
  const reading = { askedAt: now, until: { one_to_one: inAnHour + 9_000 }, tookMs: 9_000 }
  expect(judge([change('one_to_one', inAnHour, 'forever')], reading, now)).toBe('send')
})
