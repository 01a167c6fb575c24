import { type QueryKey, queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import { decisionQueries } from './decision-queries'
import { reportsKey } from './inquiry-query'
import type { CaseNews, CaseStandsDto } from './live-schemas'
import { pollMs, reportQueries } from './query-options'

/** Where the cases of a page of the queue stand now; those that have left its tab too. */
export function caseStands(caseIds: readonly string[]) {
  return queryOptions({
    queryKey: [...standsKey, caseIds],
    queryFn: ({ signal }) => read<CaseStandsDto>('/api/reports/stands', { cases: caseIds.join(',') }, signal),
    refetchInterval: pollMs,
  })
}

const standsKey = [...reportsKey, 'stands'] as const

/** What is to be read anew when the server tells of it; `caseId`: the case that is shown. */
export function toldBy(news: CaseNews, caseId: string | undefined): QueryKey[] {
  switch (news) {
    case 'queue':
      return [reportQueries.firsts(), standsKey]
    case 'case':
      if (caseId === undefined) return []
      return [reportQueries.one(caseId).queryKey, decisionQueries.basis(caseId).queryKey]
    default:
      return news satisfies never
  }
}
