import type { AccountKey } from '@/lib/accounts/schemas'
import { accountRef } from '@/lib/mutes/rules'
import type { NoticeKind, ReportCategory } from '@/lib/reports/rules'
import type { InEachLanguage, LadderStep, NoticeLocale } from './report-rules'
import { type MutePreset, presetKey } from './rules'

/** A category with what leads called it in the later of two versions. */
type Named = { category: ReportCategory; name: InEachLanguage | null }

/** One thing in which two versions of a setting differ; lengths in seconds. A connection is named by its key here. */
export type Difference =
  | { what: 'lengths'; added: MutePreset[]; removed: MutePreset[] }
  | { what: 'lengthOrder'; before: MutePreset[]; after: MutePreset[] }
  | { what: 'approval'; before: number; after: number }
  | { what: 'protected'; connection: string; added: string[]; removed: string[] }
  | { what: 'categoryAdded' | 'categoryGone' | 'categoryRetired' | 'categoryReturned'; of: Named }
  | { what: 'categoryOrder'; before: Named[]; after: Named[] }
  | { what: 'severity' | 'sla' | 'decay'; of: Named; before: number; after: number }
  | { what: 'ladder'; of: Named; before: LadderStep[]; after: LadderStep[] }
  /** a name is null where a category is called as the console calls it */
  | { what: 'name'; of: Named; language: NoticeLocale; before: string | null; after: string | null }
  | { what: 'text'; of: Named; language: NoticeLocale; before: string; after: string }
  | { what: 'template'; kind: NoticeKind; language: NoticeLocale; before: string; after: string }
  | { what: 'appeal'; language: NoticeLocale; before: string; after: string }

/** What somebody did to the composer's lengths: which came and went, and whether those that stayed were moved. */
export function presetDifferences(before: readonly MutePreset[], after: readonly MutePreset[]): Difference[] {
  const added = without(after, before, presetKey)
  const removed = without(before, after, presetKey)
  const [stayed, now] = [without(before, removed, presetKey), without(after, added, presetKey)]
  return [
    ...(added.length + removed.length > 0 ? [{ what: 'lengths' as const, added, removed }] : []),
    ...(isSame(stayed.map(presetKey), now.map(presetKey))
      ? []
      : [{ what: 'lengthOrder' as const, before: stayed, after: now }]),
  ]
}

/** Whether the size above which a second person has to agree is another one. */
export function approvalDifferences(before: number, after: number): Difference[] {
  return before === after ? [] : [{ what: 'approval', before, after }]
}

/** Which accounts came and went, by connection. */
export function protectedDifferences(
  before: readonly AccountKey[],
  after: readonly AccountKey[],
): Difference[] {
  const added = Map.groupBy(without(after, before, accountRef), ({ connection }) => connection)
  const removed = Map.groupBy(without(before, after, accountRef), ({ connection }) => connection)
  const idsOf = (accounts: readonly AccountKey[] = []) => accounts.map(({ userId }) => userId)
  return [...new Set([...added.keys(), ...removed.keys()])].map((connection) => ({
    what: 'protected',
    connection,
    added: idsOf(added.get(connection)),
    removed: idsOf(removed.get(connection)),
  }))
}

/** Whether two values that came from JSON are the same, order of lists included. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Those of `all` that are not among `others`. */
function without<T>(all: readonly T[], others: readonly T[], keyOf: (one: T) => string): T[] {
  const known = new Set(others.map(keyOf))
  return all.filter((one) => !known.has(keyOf(one)))
}
