import { expect, it } from 'vitest'
import type { MuteMatrixDto, MuteStateDto } from '@/lib/mutes/schemas'
import { blockOf, hasPreview, isUnclear } from './composer-block'

const state = (scope: MuteStateDto['scope'], pending: MuteStateDto['pending'] = null): MuteStateDto => ({
  ...{ scope, version: 1, until: null, ledgerUntil: null, endedAt: null, checkedAt: 0 },
  ...{ drift: null, cause: null, pending },
})
const sent = { id: 'x', kind: 'mute', status: 'requested', actorName: 'Ann', requestedAt: 0 } as const
const matrix = (pending: MuteStateDto['pending'] = null): Pick<MuteMatrixDto, 'reading' | 'states'> => ({
  reading: { status: 'fresh' },
  states: [state('everyone'), state('roles', pending)],
})
const held = {
  isSending: false,
  isMuted: true,
  scopes: ['roles' as const],
  roles: [3] as number[] | null,
  end: { kind: 'forever' as const },
  verb: 'mute' as const,
  fields: {},
}

it('nothing is in the way of a change, and it is previewed', () => {
  expect(blockOf(matrix(), 'mute', held)).toBeNull()
  expect(hasPreview(held)).toBe(true)
  expect(hasPreview({ ...held, isMuted: false, roles: null })).toBe(false)
})

it('what stands in the way is told', () => {
  const failed = { ...matrix(), reading: { status: 'failed', failure: { kind: 'timeout' } } } as const
  expect(blockOf(failed, 'mute', held)).toBe('unreachable')
  expect(blockOf(matrix(sent), 'mute', held)).toBe('busy')
  expect(blockOf(matrix(sent), 'mute', { ...held, scopes: ['everyone'], roles: null })).toBeNull()
  expect(blockOf(matrix(), 'mute', { ...held, verb: 'same' })).toBe('unchangedNow')
  expect(blockOf(matrix(), 'mute', { ...held, verb: 'same', end: null })).toBeNull()
  expect(blockOf(matrix(), 'lift', { ...held, verb: 'same', end: null })).toBe('unchangedNow')
})

it('a mute of no role cannot be sent, and nothing is said of it', () => {
  const none = { ...held, roles: [] }
  expect(blockOf(matrix(), 'mute', none)).toBe('noRoles')
  expect(hasPreview(none)).toBe(false)
})

it('of more roles than can be, or of what is no role, nothing is foretold', () => {
  expect(isUnclear(held)).toBe(false)
  for (const roles of ['too_many', 'invalid'] as const) {
    expect(isUnclear({ ...held, fields: { roles } })).toBe(true)
    expect(hasPreview({ ...held, fields: { roles } })).toBe(false)
  }
})

it('while it sends, its own effect is neither in its way nor previewed', () => {
  const sending = { ...held, isSending: true, verb: 'same' as const }
  expect(blockOf(matrix(sent), 'mute', sending)).toBeNull()
  expect(hasPreview(sending)).toBe(false)
})
