import { describe, expect, it } from 'vitest'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import type { DecisionBasisDto } from '@/lib/reports/decision-dtos'
import { actionsOf, type DecideForm, decisionInput, emptyForm, missing, resolved } from './decide-model'

const now = Date.UTC(2026, 10, 21)
const state = (
  scope: MuteStateDto['scope'],
  version: number,
  until: MuteStateDto['until'] = null,
): MuteStateDto => ({
  scope,
  version,
  until,
  ledgerUntil: until,
  endedAt: null,
  checkedAt: null,
  drift: null,
  cause: null,
  pending: null,
})
const basis: DecisionBasisDto = {
  caseId: 'c',
  number: 812,
  version: 4,
  status: 'claimed',
  category: 'spam',
  connection: 'sg',
  accusedId: 'lin',
  advice: { step: { seconds: 7_200 }, strikes: 1, position: 2, steps: 4, decayDays: 180 },
  policyText: { en: '', 'zh-CN': '', ja: '' },
  presets: [{ seconds: 3_600 }, { seconds: 86_400 }, 'forever'],
  places: [
    { kind: 'everywhere', states: [state('one_to_one', 3), state('all_groups', 5)] },
    { kind: 'group', groupId: 'g', states: [state('group', 7)] },
  ],
  kick: 'g',
  others: [{ caseId: 'o', number: 813, version: 2, category: 'spam', reportCount: 1, groupId: '' }],
  last: null,
  appeal: null,
  language: 'ja',
  mayDecide: true,
  mayUndo: true,
  mayMuteForever: true,
  serverNow: now,
}
const form = (change: Partial<DecideForm> = {}): DecideForm => ({ ...emptyForm, verdict: 'valid', ...change })

describe('the form of a decision', () => {
  it('follows the ladder until somebody chooses, at the place of the case', () => {
    expect(resolved(form(), basis, now)).toMatchObject({ action: 'mute', length: '7200', language: 'ja' })
    expect(resolved(form(), basis, now).presets).toEqual([
      { seconds: 3_600 },
      { seconds: 7_200 },
      { seconds: 86_400 },
      'forever',
    ])
    expect(actionsOf(form(), basis, now)).toEqual({
      actions: [
        {
          kind: 'mute',
          groupId: 'g',
          basis: { group: 7 },
          scopes: ['group'],
          end: { kind: 'duration', seconds: 7_200 },
        },
      ],
      error: null,
      isUsual: true,
    })
    expect(actionsOf(form({ verdict: 'not_valid' }), basis, now)).toMatchObject({
      actions: [],
      isUsual: true,
    })
  })

  it('extends and lifts where a mute holds', () => {
    const held = {
      ...basis,
      places: [
        { kind: 'everywhere' as const, states: [state('one_to_one', 3, now + 1), state('all_groups', 5)] },
      ],
    }
    expect(actionsOf(form({ length: '86400' }), held, now)).toMatchObject({
      actions: [{ kind: 'extend', scopes: ['one_to_one', 'all_groups'] }],
      isUsual: false,
    })
    expect(actionsOf(form({ action: 'lift', verdict: 'not_valid' }), held, now)).toMatchObject({
      actions: [{ kind: 'lift', scopes: ['one_to_one'] }],
      isUsual: true,
    })
  })

  it('says what is missing', () => {
    expect(missing(emptyForm, basis, now)).toEqual({ verdict: 'required' })
    expect(missing(form({ length: 'custom', durationText: 'soon' }), basis, now)).toMatchObject({
      duration: 'invalid',
    })
    expect(missing(form({ isKicked: true }), basis, now)).toEqual({
      overrideReason: 'required',
      reasonText: 'required',
    })
    expect(missing(form({ action: 'nothing', overrideReason: 'x' }), basis, now)).toEqual({})
  })

  it('is sent with the version that was seen, the claim, and what is closed and comes back', () => {
    const sent = { key: 'k', version: 3, claimToken: 't', now }
    expect(
      decisionInput(form({ reasonText: 'Links', looksAgain: true, closeWith: ['o'] }), basis, sent),
    ).toMatchObject({
      version: 3,
      claimToken: 't',
      notify: { accused: 'ja', reporters: true },
      closeWith: [{ caseId: 'o', version: 2 }],
      lookAgainAt: now + 7_200_000,
    })
    expect(decisionInput(emptyForm, basis, sent)).toBeNull()
  })
})
