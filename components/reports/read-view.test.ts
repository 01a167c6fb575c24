import { afterEach, expect, it, vi } from 'vitest'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { casesToMute, chosenOf, commonGroup } from './queue-cases'
import { readView } from './read-view'

const caseOf = (number: number, about: Partial<CaseDto> = {}): CaseDto => ({
  id: `case-${number}`,
  number,
  connection: 'sg',
  accused: { userId: `u${number}`, nickname: null },
  groupId: null,
  groupName: null,
  topicId: null,
  peerId: null,
  status: 'new',
  version: 1,
  category: 'spam',
  priority: 0,
  priorityWhy: [],
  reportCount: 1,
  reporterCount: 1,
  openedAt: 0,
  lastReportedAt: 0,
  dueAt: 0,
  claim: null,
  held: null,
  needsLead: false,
  isNamed: false,
  closedAt: null,
  closedBy: null,
  verdict: null,
  muteEndsAt: null,
  ...about,
})
const fields = { tab: 'new' as const, connection: 'sg', category: 'spam', accused: '', reporter: '' }

/** A queue of so many cases, 25 a page, in which each page begins with the last case of the one before. */
function serve(count: number, about: Partial<CaseDto> = {}): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    const from = Number(new URLSearchParams(path.split('?')[1]).get('after') ?? 0)
    const cases = Array.from({ length: Math.min(26, count - from + 1) }, (_, index) =>
      caseOf(from + index, about),
    )
    const next = from + 25 < count ? String(from + 25) : null
    return Response.json({ ok: true, data: { cases, next, serverNow: 0 } })
  })
  return asked
}

afterEach(() => {
  vi.unstubAllGlobals()
})

it('reads a view to its end, each case once, or to the most that one run takes', async () => {
  const asked = serve(60)
  const all = await readView(fields)
  expect(all.hasMore).toBe(false)
  expect(all.cases.map(({ number }) => number)).toEqual(Array.from({ length: 61 }, (_, index) => index))
  expect(asked).toHaveLength(3)
  expect(asked[2]).toContain('tab=new&connection=sg&category=spam&after=50')
  serve(2_000)
  const many = await readView(fields)
  expect([many.cases.length, many.hasMore]).toEqual([500, true])
})

it('reads on for a bounded time where no case is to be muted, and ends when nobody waits for it', async () => {
  const asked = serve(2_000, { status: 'closed' })
  expect(await readView(fields)).toEqual({ cases: [], hasMore: true })
  expect(asked).toHaveLength(40)
  const signals: unknown[] = []
  vi.stubGlobal('fetch', async (_path: string, { signal }: RequestInit) => {
    signals.push(signal)
    signal?.throwIfAborted()
  })
  await expect(readView(fields, AbortSignal.abort('gone'))).rejects.toBe('gone')
  expect(signals).toHaveLength(1)
})

it('takes cases that are open and in nobody else’s hands', () => {
  const claim = { by: 'Ben', isYours: false, until: 1, isLive: true }
  const held = { until: 1, for: 'Ben', isForYou: false }
  const all = [
    caseOf(1),
    caseOf(2, { status: 'claimed', claim }),
    caseOf(3, { status: 'claimed', claim: { ...claim, isYours: true } }),
    caseOf(4, { status: 'claimed', claim: { ...claim, isLive: false } }),
    caseOf(5, { status: 'waiting', held }),
    caseOf(6, { status: 'waiting', held: { ...held, for: null } }),
    caseOf(7, { status: 'appealed' }),
    caseOf(8, { status: 'closed' }),
    caseOf(9, { status: 'reopened' }),
  ]
  expect(casesToMute(all).map(({ number }) => number)).toEqual([1, 3, 4, 6, 9])
})

it('names the group that all of them are about, and guesses none', () => {
  const [a, b, other] = casesToMute([
    caseOf(1, { groupId: 'g' }),
    caseOf(2, { groupId: 'g' }),
    caseOf(3, { groupId: 'h' }),
  ])
  if (!a || !b || !other) throw new Error('they can all be muted')
  expect(commonGroup([a, b])).toEqual({ place: { in: 'group', groupId: 'g', topicId: '' } })
  expect(commonGroup([a, b, other])).toEqual({})
  expect(commonGroup([{ ...a, groupId: null }])).toEqual({})
})

it('knows what is selected of the view after the page has moved on', () => {
  const [a, b, c, d] = casesToMute([1, 2, 3, 4].map((number) => caseOf(number)))
  if (!a || !b || !c || !d) throw new Error('they can all be muted')
  const view = { cases: [a, b, c], hasMore: true }
  const chosen = (ids: string[], page = [d]) => {
    const { chosen: found, ...rest } = chosenOf(page, view, (id) => ids.includes(id))
    return { numbers: found.map(({ number }) => number), ...rest }
  }
  expect(chosen([a.id, b.id, c.id])).toEqual({ numbers: [1, 2, 3], isWhole: true, isCut: true })
  expect(chosen([a.id, c.id, d.id])).toEqual({ numbers: [1, 3, 4], isWhole: false, isCut: false })
  expect(chosenOf([b, d], null, (id) => id === d.id)).toEqual({ chosen: [d], isWhole: false, isCut: false })
  const many = Array.from({ length: 501 }, (_, index) => ({ ...a, id: `many-${index}` }))
  expect(chosenOf(many, null, () => true)).toMatchObject({ chosen: { length: 500 }, isCut: true })
})
