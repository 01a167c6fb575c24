import { queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import type { CasesDto, CaseViewDto, ColleagueDto } from './case-schemas'
import { reportsKey } from './inquiry-query'

/** What the queue is narrowed to, as its address has it. */
export type QueueFilters = Partial<Record<'tab' | 'connection' | 'category' | 'accused' | 'reporter', string>>

/** How often the queue asks for news, and a case for changes, in ms. */
const pollMs = 10_000

/** The browser's reads about cases; a change of a case invalidates `all()`. */
export const reportQueries = {
  all: () => reportsKey,
  /** the first page of a tab as it is now */
  first: (filters: QueueFilters) =>
    queryOptions({
      queryKey: [...reportsKey, 'first', filters],
      queryFn: ({ signal }) => read<CasesDto>('/api/reports', filters, signal),
      refetchInterval: pollMs,
    }),
  one: (caseId: string) =>
    queryOptions({
      queryKey: [...reportsKey, 'one', caseId],
      queryFn: ({ signal }) => read<CaseViewDto>(`/api/reports/${caseId}`, {}, signal),
      refetchInterval: 30_000,
    }),
  colleagues: () =>
    queryOptions({
      queryKey: [...reportsKey, 'colleagues'],
      queryFn: ({ signal }) => read<ColleagueDto[]>('/api/reports/colleagues', {}, signal),
    }),
}
