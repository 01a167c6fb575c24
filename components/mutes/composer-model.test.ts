import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inForce, resolveEnd, sameEnd } from '@/lib/mutes/ends'
import { endToleranceMs, maxMuteSeconds } from '@/lib/mutes/rules'
import type { MuteStateDto, Until } from '@/lib/mutes/schemas'
import { defaultMutePresets } from '@/lib/settings/schemas'
import { type ComposerForm, emptyForm } from './composer-form'
import {
  basisOf,
  chosenScopes,
  customTexts,
  endOf,
  endWords,
  isWorthKeeping,
  nudged,
  serverFields,
} from './composer-model'
import { changeVerb, commandVerb, plannedChanges } from './planned-changes'

const now = Date.parse('2026-03-01T10:00:00Z')
const hour = 3_600_000
const form = (changes: Partial<ComposerForm> = {}): ComposerForm => ({
  ...emptyForm(defaultMutePresets),
  ...changes,
})

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

describe('a fresh form', () => {
  it('asks for both scopes and an hour', () => {
    expect(form()).toMatchObject({ scope: 'both', length: '3600', category: null, isReasonEdited: false })
  })

  it('takes the only preset there is', () => {
    expect(emptyForm([{ seconds: 60 }]).length).toBe('60')
  })

  it('never begins with a mute for ever', () => {
    expect(emptyForm([{ seconds: 60 }, 'forever']).length).toBe('60')
    expect(emptyForm(['forever', { seconds: 60 }, { seconds: 120 }]).length).toBe('120')
    expect(emptyForm(['forever']).length).toBe('custom')
  })
})

describe('endOf', () => {
  it('reads a preset', () => {
    expect(endOf(form(), 'UTC', now)).toEqual({ ok: true, end: { kind: 'duration', seconds: 3_600 } })
    expect(endOf(form({ length: 'forever' }), 'UTC', now)).toEqual({ ok: true, end: { kind: 'forever' } })
  })

  it('reads a custom length', () => {
    const custom = form({ length: 'custom', durationText: '1d12h' })
    expect(endOf(custom, 'UTC', now)).toEqual({ ok: true, end: { kind: 'duration', seconds: 129_600 } })
  })

  it("reads a custom end in the moderator's zone", () => {
    const custom = form({ length: 'custom', customBy: 'at', atText: '2026-03-01T20:00' })
    expect(endOf(custom, 'Asia/Shanghai', now)).toEqual({ ok: true, end: { kind: 'at', at: now + 2 * hour } })
  })

  it.each([
    ['duration', { durationText: '' }, 'required'],
    ['duration', { durationText: '0m' }, 'not_positive'],
    ['duration', { durationText: 'soon' }, 'invalid'],
    ['duration', { durationText: '50000d' }, 'beyond_maximum'],
    ['at', { atText: '' }, 'required'],
    ['at', { atText: '2026-02-30T10:00' }, 'invalid'],
    ['at', { atText: '2026-03-01T10:00' }, 'in_past'],
    ['at', { atText: '9999-03-01T10:00' }, 'beyond_maximum'],
  ] as const)('says what is wrong with the %s %j', (customBy, texts, error) => {
    const custom = form({ length: 'custom', customBy, ...texts })
    expect(endOf(custom, 'UTC', now)).toEqual({ ok: false, field: customBy, error })
  })
})

describe('the two custom fields', () => {
  it('follow each other', () => {
    const byDuration = form({ length: 'custom', durationText: '90m' })
    expect(customTexts(byDuration, 'UTC', now)).toEqual({ duration: '90m', at: '2026-03-01T11:30' })
    const byEnd = form({ length: 'custom', customBy: 'at', atText: '2026-03-02T22:00' })
    expect(customTexts(byEnd, 'UTC', now)).toEqual({ duration: '1d 12h', at: '2026-03-02T22:00' })
  })

  it('keep what was typed when it cannot be read', () => {
    const custom = form({ length: 'custom', durationText: '9 lives' })
    expect(customTexts(custom, 'UTC', now)).toEqual({ duration: '9 lives', at: '' })
  })
})

describe('nudged', () => {
  it('lengthens a preset, a custom length and a custom end', () => {
    expect(nudged(form(), 3_600, 'UTC', now)).toMatchObject({ length: 'custom', durationText: '2h' })
    const byEnd = form({ length: 'custom', customBy: 'at', atText: '2026-03-01T12:00' })
    expect(nudged(byEnd, 86_400, 'UTC', now)).toMatchObject({ customBy: 'at', atText: '2026-03-02T12:00' })
  })

  it('starts from nothing where nothing can be read, and leaves "for ever" alone', () => {
    const broken = form({ length: 'custom', durationText: 'soon' })
    expect(nudged(broken, 3_600, 'UTC', now).durationText).toBe('1h')
    expect(nudged(form({ length: 'forever' }), 3_600, 'UTC', now).length).toBe('forever')
  })

  it('never goes beyond what can be sent, and is exact before that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: maxMuteSeconds }),
        fc.constantFrom(3_600, 86_400),
        (seconds, step) => {
          const next = endOf(nudged(form({ length: String(seconds) }), step, 'UTC', now), 'UTC', now)
          const expected = Math.min(seconds + step, maxMuteSeconds)
          expect(next).toEqual({ ok: true, end: { kind: 'duration', seconds: expected } })
        },
      ),
    )
  })
})

describe('the verb of a change', () => {
  it.each([
    [null, now + hour, 'mute'],
    [now - hour, now + hour, 'mute'],
    [now + hour, now + 2 * hour, 'extend'],
    [now + 2 * hour, now + hour, 'shorten'],
    [now + hour, 'forever', 'extend'],
    ['forever', now + hour, 'shorten'],
    ['forever', 'forever', 'same'],
    [now + hour, now + hour + endToleranceMs, 'same'],
    [now + hour, null, 'lift'],
    ['forever', null, 'lift'],
    [null, null, 'same'],
  ] as const)('from %s to %s is %s', (before, after, verb) => {
    expect(changeVerb(before, after, now)).toBe(verb)
  })

  it('is a mute also for a second', () => {
    expect(changeVerb(null, now + 1_000, now)).toBe('mute')
  })

  it('is the opposite the other way round, and never claims a change where there is none', () => {
    const end = fc.oneof(
      fc.constant(null),
      fc.constant('forever' as const),
      fc.integer({ min: now - hour, max: now + 100 * hour }),
    )
    const opposite = { mute: 'lift', lift: 'mute', extend: 'shorten', shorten: 'extend', same: 'same' }
    fc.assert(
      fc.property(end, end, (before, after) => {
        const verb = changeVerb(before, after, now)
        expect(changeVerb(after, before, now)).toBe(opposite[verb])
        const isTurned = (inForce(before, now) === null) !== (inForce(after, now) === null)
        expect(verb === 'same').toBe(sameEnd(before, after, now) && !isTurned)
      }),
    )
  })

  it('is one word for a command, or "replace" where scopes differ', () => {
    expect(commandVerb([{ verb: 'extend' }, { verb: 'extend' }])).toBe('extend')
    expect(commandVerb([{ verb: 'same' }, { verb: 'shorten' }])).toBe('shorten')
    expect(commandVerb([{ verb: 'mute' }, { verb: 'extend' }])).toBe('replace')
    expect(commandVerb([{ verb: 'same' }, { verb: 'same' }])).toBe('same')
    expect(commandVerb([])).toBe('same')
  })
})

describe('the plan', () => {
  const states = [state('one_to_one', now + hour), state('all_groups', null, 4)]

  it('shows before and after of each scope', () => {
    expect(plannedChanges(states, ['one_to_one', 'all_groups'], now + 2 * hour, now)).toEqual([
      { scope: 'one_to_one', before: now + hour, after: now + 2 * hour, verb: 'extend' },
      { scope: 'all_groups', before: null, after: now + 2 * hour, verb: 'mute' },
    ])
  })

  it('lifts only what is muted', () => {
    expect(chosenScopes('both', 'mute', states, now)).toEqual(['one_to_one', 'all_groups'])
    expect(chosenScopes('both', 'lift', states, now)).toEqual(['one_to_one'])
    expect(chosenScopes('all_groups', 'lift', states, now)).toEqual([])
    const untold = [{ ...state('group', null), isUntold: true as const }]
    expect(chosenScopes('both', 'lift', untold, now)).toEqual(['group'])
    expect(plannedChanges(untold, ['group'], null, now)).toMatchObject([{ before: null, verb: 'lift' }])
    expect(plannedChanges([state('group', null)], ['group'], null, now)).toMatchObject([{ verb: 'same' }])
  })

  it('lifts what the provider still has after its end', () => {
    const late = [{ ...state('everyone', now - 60_000), checkedAt: now }]
    expect(chosenScopes('both', 'lift', late, now)).toEqual(['everyone'])
    expect(plannedChanges(late, ['everyone'], null, now)).toMatchObject([{ verb: 'lift' }])
    expect(chosenScopes('both', 'lift', [{ ...state('everyone', now), checkedAt: now }], now)).toEqual([])
  })

  it('stands on the versions that were seen of the scopes it changes', () => {
    expect(basisOf(states, ['all_groups'])).toEqual({ all_groups: 4 })
  })
})

describe("the button's words", () => {
  it('name the length of a new mute and the end of everything else', () => {
    const hours = { kind: 'duration', seconds: 7_200 } as const
    expect(endWords(hours, 'mute', now)).toEqual({ kind: 'for', seconds: 7_200 })
    expect(endWords(hours, 'extend', now)).toEqual({ kind: 'until', at: resolveEnd(hours, now) })
    expect(endWords({ kind: 'at', at: now + hour }, 'mute', now)).toEqual({ kind: 'until', at: now + hour })
    expect(endWords({ kind: 'forever' }, 'replace', now)).toEqual({ kind: 'forever' })
  })
})

describe("the server's field errors", () => {
  it('go to the fields of the form', () => {
    const custom = form({ length: 'custom', customBy: 'at' })
    const fields = { end: 'in_past', 'reason.text': 'too_long', 'reason.category': 'required' } as const
    expect(serverFields(fields, custom)).toEqual({ at: 'in_past', text: 'too_long', category: 'required' })
    expect(serverFields({ end: 'already_so' }, form())).toEqual({ end: 'already_so' })
    expect(serverFields({ scopes: 'already_so', idempotencyKey: 'invalid' }, form())).toEqual({
      scopes: 'already_so',
    })
  })
})

describe('closing', () => {
  it('asks only for what was typed', () => {
    expect(isWorthKeeping(form({ category: 'spam', reasonText: 'Spam.' }))).toBe(false)
    expect(isWorthKeeping(form({ reasonText: 'Ads', isReasonEdited: true }))).toBe(true)
    expect(isWorthKeeping(form({ length: 'custom' }))).toBe(false)
    expect(isWorthKeeping(form({ length: 'custom', durationText: '9h' }))).toBe(true)
  })
})
