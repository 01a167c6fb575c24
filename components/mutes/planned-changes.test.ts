import { describe, expect, it } from 'vitest'
import type { MuteStateDto, Until } from '@/lib/mutes/schemas'
import { basisOf, scopeChoice, scopeChoices } from './composer-model'
import { plannedChanges } from './planned-changes'

const now = Date.parse('2026-03-01T10:00:00Z')
const hour = 3_600_000

function state(scope: MuteStateDto['scope'], until: Until | null, version = 1): MuteStateDto {
  return {
    scope,
    version,
    until,
    ledgerUntil: until,
    endedAt: null,
    checkedAt: now,
    drift: null,
    cause: null,
    pending: null,
  }
}

describe('where everybody’s mute and that of roles replace each other', () => {
  const roles = (until: Until | null, named: number[]) => ({ ...state('roles', until, 4), roles: named })
  const withRoles = [state('everyone', null, 3), roles(now + hour, [3])]
  const withEveryone = [state('everyone', 'forever', 3), roles(null, [])]

  it('begins with the one that holds, and offers both', () => {
    expect(scopeChoices(withRoles)).toEqual(['everyone', 'roles'])
    expect(scopeChoice('both', withRoles, now)).toBe('roles')
    expect(scopeChoice('both', withEveryone, now)).toBe('everyone')
    expect(scopeChoice('everyone', withRoles, now)).toBe('everyone')
  })

  it('tells what becomes of the list, and of the other one', () => {
    expect(plannedChanges(withRoles, ['roles'], now + hour, now, [2, 3])).toMatchObject([
      { scope: 'roles', beforeRoles: [3], afterRoles: [2, 3], verb: 'replace' },
    ])
    expect(plannedChanges(withRoles, ['roles'], now + hour, now, [3])).toMatchObject([{ verb: 'same' }])
    expect(plannedChanges(withRoles, ['everyone'], 'forever', now)).toMatchObject([
      { scope: 'roles', beforeRoles: [3], after: null, afterRoles: null, verb: 'lift' },
      { scope: 'everyone', before: null, after: 'forever', verb: 'mute' },
    ])
    expect(plannedChanges(withEveryone, ['roles'], now + hour, now, [2])).toMatchObject([
      { scope: 'everyone', before: 'forever', after: null, verb: 'lift' },
      { scope: 'roles', beforeRoles: null, afterRoles: [2], verb: 'mute' },
    ])
  })

  it('names the versions of both', () => {
    expect(basisOf(withRoles, ['roles'])).toEqual({ everyone: 3, roles: 4 })
  })
})
