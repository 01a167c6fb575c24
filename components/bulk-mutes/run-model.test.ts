import { expect, test } from 'vitest'
import { bulkStatuses, type ItemState } from '@/lib/bulk-mutes/rules'
import type { BulkItemDto, BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import {
  byNeed,
  changesToTell,
  idLines,
  itemsVersion,
  leftOutOf,
  rateOf,
  rightsOver,
  secondsLeft,
  withSample,
} from './run-model'

const states = { pending: 0, sending: 0, unknown: 0, applied: 0, rejected: 0, skipped: 0 }

function run(about: Partial<BulkMuteDto> = {}): BulkMuteDto {
  return {
    id: '7f0c5b1e-6a53-4a5e-9d39-0f3c6d7b8a90',
    kind: 'mute',
    status: 'running',
    connection: { key: 'sg', name: 'Singapore', provider: 'tencent' },
    isConnectionGone: false,
    userId: null,
    isPartial: false,
    groupId: null,
    groupName: null,
    topicId: null,
    scopes: ['one_to_one'],
    until: 'forever',
    mayShorten: false,
    reason: { category: 'spam', text: 'raid' },
    actorName: 'Ana',
    mine: true,
    mayApprove: false,
    approvedBy: null,
    approval: null,
    undoOf: null,
    undos: [],
    createdAt: 0,
    previewedAt: 1,
    startedAt: 2,
    finishedAt: null,
    token: 'x',
    pause: null,
    previewFailure: null,
    total: 100,
    doing: 80,
    settled: 44,
    forecasts: { mute: 60, extend: 20, already_longer: 15, protected: 5 },
    states: { ...states, pending: 30, sending: 5, unknown: 1, applied: 40, rejected: 4, skipped: 20 },
    retryable: 4,
    cases: null,
    callsLeft: 30,
    callsPerSecond: 10,
    serverNow: 10_000,
    ...about,
  }
}

test('counts what is left out, by its reason', () => {
  expect(leftOutOf(run())).toEqual([
    { why: 'already_longer', count: 15 },
    { why: 'protected', count: 5 },
  ])
})

test('takes the rate from what was seen lately, and forgets it after a retry', () => {
  const steady = [0, 1_000, 2_000].map((at) => ({ at, settled: at / 50 }))
  expect(rateOf(steady)).toBe(20)
  expect(rateOf([{ at: 0, settled: 1 }])).toBeNull()
  expect(withSample(steady, { at: 11_000, settled: 220 }).map(({ at }) => at)).toEqual([1_000, 2_000, 11_000])
  expect(withSample(steady, { at: 3_000, settled: 10 })).toEqual([
    { at: 0, settled: 0 },
    { at: 3_000, settled: 10 },
  ])
  expect(secondsLeft(run(), 20)).toBe(2)
  expect(secondsLeft(run(), null)).toBe(3)
  expect(secondsLeft(run({ callsPerSecond: 0 }), null)).toBeNull()
})

test('offers only what the role and the state of the run allow', () => {
  const given = (about: Partial<BulkMuteDto>, role: 'viewer' | 'moderator' | 'lead' = 'moderator') =>
    Object.entries(rightsOver(run(about), role))
      .filter(([, may]) => may)
      .map(([name]) => name)
  expect(given({ status: 'previewed' })).toEqual(['start', 'previewAgain', 'cancel'])
  expect(given({ status: 'previewed', mine: false })).toEqual(['previewAgain', 'cancel'])
  expect(given({ status: 'previewed', doing: 0 })).not.toContain('start')
  expect(given({ status: 'previewed', token: null })).not.toContain('start')
  expect(given({ status: 'awaiting_approval' })).not.toContain('approve')
  expect(given({ status: 'awaiting_approval', mine: false, mayApprove: true }, 'lead')).toContain('approve')
  expect(given({ status: 'running', mine: false })).toEqual(['pause', 'cancel'])
  expect(given({ status: 'paused' })).toEqual(['resume', 'cancel'])
  expect(given({ status: 'done' })).toEqual(['retry', 'undo'])
  expect(given({ status: 'done', mine: false, retryable: 4 })).toEqual(['undo'])
  expect(given({ status: 'cancelled', states })).toEqual([])
  for (const status of bulkStatuses) expect(given({ status }, 'viewer')).toEqual([])
  // Nothing can be read or sent there; what waits can be thrown away.
  const gone = { isConnectionGone: true, mayApprove: true }
  expect(bulkStatuses.flatMap((status) => given({ ...gone, status }, 'lead'))).toEqual([
    ...['cancel', 'cancel', 'cancel'],
    ...['pause', 'cancel'],
    'cancel',
  ])
})

test('reads the accounts anew when their run has come to rest', () => {
  const done = run({ status: 'done', states: { ...states, applied: 96, rejected: 4 } })
  expect(itemsVersion(run({ states }))).toBe(itemsVersion(run()))
  const retried = { ...done, states: { ...states, applied: 97, rejected: 3 } }
  expect(itemsVersion(retried)).not.toBe(itemsVersion(done))
  const settling = { ...done, states: { ...done.states, unknown: 1 } }
  expect(itemsVersion(settling)).not.toBe(itemsVersion(done))
})

test('writes ids as the collecting page reads them', () => {
  expect(idLines(['a', 'b,c', 'd"e', '=f'])).toBe('a\n"b,c"\n"d""e"\n=f')
})

test('tells a change only where it took place or will, and what the provider shows otherwise before what is done', () => {
  const change = { scope: 'group' as const, before: null, after: 'forever' as const }
  const item = (state: ItemState, about: Partial<BulkItemDto> = {}): BulkItemDto => ({
    position: 0,
    userId: 'ana',
    nickname: null,
    groupId: null,
    groupName: null,
    forecast: 'mute',
    role: null,
    changes: [change],
    state,
    skipped: null,
    failure: null,
    commandId: null,
    cases: [],
    verifiedAt: null,
    differs: false,
    ...about,
  })
  expect(changesToTell(item('pending'), false)).toEqual([change])
  expect(changesToTell(item('rejected'), false)).toEqual([change])
  expect(changesToTell(item('applied'), true)).toEqual([change])
  expect(changesToTell(item('rejected'), true)).toEqual([])
  expect(changesToTell(item('skipped'), true)).toEqual([{ ...change, after: null }])
  const rows = [
    item('applied'),
    item('applied', { position: 1, differs: true }),
    item('rejected', { position: 2 }),
  ]
  expect(byNeed(rows).map(({ position }) => position)).toEqual([2, 1, 0])
})
