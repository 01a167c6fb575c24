import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type CollectDraft, handOver, keepDraft, storageKey } from './collect-draft'
import { batchOf, type CollectLimits, check, inputOf } from './collect-model'
import { draftOf, firstDraft } from './first-draft'

const now = Date.UTC(2026, 0, 1)
const presets = [{ seconds: 600 }, { seconds: 3_600 }, 'forever' as const]
const connections = [
  { key: 'sg', scopes: ['one_to_one', 'all_groups'] as const },
  { key: 'zim', scopes: [] },
]
const limits: CollectLimits = {
  scopes: ['one_to_one', 'all_groups'],
  isGroupPossible: true,
}
const empty = draftOf(null, presets, connections)
const reason = { category: 'spam' as const, text: 'Raid.' }
const complete: CollectDraft = {
  ...empty,
  form: { ...empty.form, category: reason.category, reasonText: reason.text },
}
const inGroup = { ...complete, place: { in: 'group' as const, groupId: '@TGS#1', topicId: '' } }
const faultsOf = (...[draft, ids, about = limits]: [CollectDraft, string[], CollectLimits?]) =>
  check(draft, ids, about, 'UTC', now).fields

describe('the form', () => {
  it('is complete with accounts, a place, an end and a reason', () => {
    expect(check(complete, ['a'], limits, 'UTC', now)).toEqual({
      end: { kind: 'duration', seconds: 3_600 },
      reason,
      fields: {},
    })
    expect(faultsOf(empty, [])).toEqual({ userIds: 'required', category: 'required', text: 'required' })
    expect(faultsOf(complete, Array(10_001).fill('a'))).toEqual({ userIds: 'too_many' })
  })

  it('asks what shall become of the cases that its accounts came with, and sends those of each run', () => {
    const one = { id: 'c1', number: 1, connection: 'sg', userId: 'a' }
    const draft = { ...complete, cases: [one, { ...one, id: 'c2', userId: 'taken out' }] }
    const sent = (from: CollectDraft, userIds: string[]) =>
      inputOf(from, reason, limits.scopes, { kind: 'forever' }, { key: 'k', userIds })
    expect(faultsOf(draft, ['a', 'b'])).toEqual({ cases: 'required' })
    const chosen = { ...draft, wish: 'valid' as const }
    expect(faultsOf(chosen, ['a', 'b'])).toEqual({})
    expect(sent(chosen, ['a'])).toMatchObject({ cases: { ids: ['c1'], wish: 'valid' } })
    for (const without of [sent(chosen, ['b']), sent({ ...chosen, connection: 'zim' }, ['a'])])
      expect(without).not.toHaveProperty('cases')
    expect(faultsOf({ ...draft, kind: 'lift' }, ['a'])).not.toHaveProperty('cases')
  })

  it('asks for a place that there is, and an end that it can keep', () => {
    expect(faultsOf(complete, ['a'], { ...limits, scopes: [] })).toEqual({ scopes: 'required' })
    const nowhere = { ...inGroup, place: { ...inGroup.place, groupId: '' } }
    expect(faultsOf(nowhere, ['a'])).toEqual({ groupId: 'required' })
    expect(faultsOf(inGroup, ['a'], { ...limits, isGroupPossible: false })).toEqual({ groupId: 'invalid' })
    expect(faultsOf(inGroup, ['a'])).toEqual({})
  })

  it('becomes one run with a length, or several that share an end', () => {
    const end = { kind: 'duration' as const, seconds: 60 }
    const ids = Array.from({ length: 501 }, (_, index) => `u${index}`)
    expect(batchOf(ids.slice(0, 500), end, now).end).toEqual(end)
    const { runs, ...shared } = batchOf(ids, end, now)
    expect(shared.end).toEqual({ kind: 'at', at: now + 60_000 })
    expect(runs.map(({ accounts }) => accounts)).toEqual([500, 1])
    expect(new Set(runs.map(({ key }) => key)).size).toBe(2)
    expect(batchOf(ids, { kind: 'forever' }, now).end).toEqual({ kind: 'forever' })
  })

  it('is sent as the server wants it', () => {
    const run = { key: 'k', userIds: ['a'] }
    const target = { idempotencyKey: 'k', connection: 'sg', userIds: ['a'], reason }
    expect(inputOf(complete, reason, limits.scopes, { kind: 'forever' }, run)).toEqual({
      ...{ kind: 'mute', ...target, scopes: ['one_to_one', 'all_groups'] },
      ...{ end: { kind: 'forever' }, mayShorten: false },
    })
    const topic = { ...inGroup, kind: 'lift' as const, place: { ...inGroup.place, topicId: 't' } }
    expect(inputOf(topic, reason, limits.scopes, null, run)).toEqual({
      ...{ kind: 'lift', ...target, groupId: '@TGS#1', topicId: 't' },
    })
  })
})

describe('what this tab keeps', () => {
  beforeEach(() => {
    const kept = new Map<string, string>()
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    })
    return () => vi.unstubAllGlobals()
  })

  it('is shown again to the same moderator alone, until it is forgotten', () => {
    keepDraft('ana', { ...complete, text: 'a' })
    expect(firstDraft('ana', presets, connections).text).toBe('a')
    expect(firstDraft('ben', presets, connections)).toEqual(empty)
    keepDraft('ana', null)
    expect(firstDraft('ana', presets, connections)).toEqual(empty)
  })

  it('gives way to what is handed over; a connection that is gone is not used', () => {
    keepDraft('ana', { ...complete, text: 'a' })
    expect(handOver('ana', { connection: 'zim', kind: 'lift' })).toBe(true)
    expect(firstDraft('ana', presets, connections)).toMatchObject({
      ...{ connection: 'zim', kind: 'lift', text: '' },
      place: { in: 'group', groupId: '' },
    })
    handOver('ana', { connection: 'gone', lists: [{ kind: 'selection', name: '', entries: [] }] })
    expect(firstDraft('ana', presets, connections)).toEqual(empty)
  })

  it('comes back as it was, with all that it can hold', () => {
    const full: CollectDraft = {
      ...complete,
      place: { in: 'group', groupId: 'g', topicId: 't' },
      lists: [
        { kind: 'file', name: 'a.csv', column: 'heading', entries: [{ text: 'ann', line: 2 }] },
        { kind: 'file', name: 'a.txt', column: 'text', entries: [{ text: 'a b', line: 1, isQuoted: true }] },
        { kind: 'members', name: 'g', entries: [] },
      ],
      cases: [{ id: 'c', number: 7, connection: complete.connection, userId: 'ann' }],
      wish: 'valid',
      batch: { end: { kind: 'at', at: 1_800_000_000_000 }, runs: [{ key: 'k', accounts: 3, bulkId: null }] },
    }
    for (const end of [{ kind: 'forever' }, { kind: 'duration', seconds: 60 }, null] as const) {
      const draft = { ...full, batch: full.batch && { ...full.batch, end } }
      keepDraft('ana', draft)
      expect(firstDraft('ana', presets, connections)).toEqual(draft)
    }
  })

  it('is dropped where it is not what this form stores', () => {
    const stored = { actorId: 'ana', draft: { ...complete, text: 'a' } }
    const tell = (value: unknown) => {
      sessionStorage.setItem(storageKey, typeof value === 'string' ? value : JSON.stringify(value))
      return firstDraft('ana', presets, connections)
    }
    expect(tell(stored).text).toBe('a')
    const { draft } = stored
    for (const wrong of [
      '{"actorId":"ana",',
      null,
      [],
      { actorId: 'ana', draft: null },
      { ...stored, more: 1 },
      { ...stored, draft: { ...draft, kind: 'ban' } },
      { ...stored, draft: { ...draft, lists: [{ kind: 'file', name: 'a' }] } },
      { ...stored, draft: { ...draft, lists: [{ kind: 'selection', name: 'a', entries: ['ann'] }] } },
      { ...stored, draft: { ...draft, form: { ...draft.form, roles: 'all' } } },
      { ...stored, draft: { ...draft, batch: { end: { kind: 'never' }, runs: [] } } },
      { ...stored, draft: { ...draft, cases: [{ id: 'c' }] } },
      { ...stored, draft: { ...draft, wish: undefined } },
      { actorId: 'ana', handover: { kind: 'lift' } },
      { actorId: 'ana', handover: { connection: 'sg', scope: 'all' } },
    ])
      expect(tell(wrong), JSON.stringify(wrong)).toEqual(empty)
  })

  it('is nothing where the browser keeps nothing', () => {
    vi.stubGlobal('sessionStorage', undefined)
    expect(handOver('ana', { connection: 'sg' })).toBe(false)
    expect(firstDraft('ana', presets, connections)).toEqual(empty)
  })
})
