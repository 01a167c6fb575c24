import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AccountKey } from '@/lib/accounts/schemas'
import { read } from '@/lib/read'
import type { CasesDto, CaseViewDto, TranscriptDto } from './case-schemas'
import type { ColleagueDto } from './colleague-dtos'
import type { HistoryDirection, HistoryDto, HistoryPlace } from './history-schemas'
import { reportsKey } from './inquiry-query'
import type { LinkedAccountsDto } from './linked-dtos'
import type { NeighboursDto } from './neighbour-schemas'

/** What the queue is narrowed to, as its address has it. */
export type QueueFilters = Partial<Record<'tab' | 'connection' | 'category' | 'accused' | 'reporter', string>>

/** A list of the queue with the place in it that a case was opened at, as the case's address has them. */
export type ListFilters = QueueFilters & { at?: string | undefined }

/** How often the queue asks for news by itself, in ms: what it is told of it asks for at once. */
export const pollMs = 10_000

/** The browser's reads about cases; a change of a case invalidates `all()`. */
export const reportQueries = {
  all: () => reportsKey,
  firsts: () => [...reportsKey, 'first'] as const,
  /** the first page of a tab as it is now */
  first: (filters: QueueFilters) =>
    queryOptions({
      queryKey: [...reportQueries.firsts(), filters],
      queryFn: ({ signal }) => read<CasesDto>('/api/reports', filters, signal),
      refetchInterval: pollMs,
    }),
  one: (caseId: string) =>
    queryOptions({
      queryKey: [...reportsKey, 'one', caseId],
      queryFn: ({ signal }) => read<CaseViewDto>(`/api/reports/${caseId}`, {}, signal),
      refetchInterval: 30_000,
    }),
  /** what stands around a case in the list that it was opened from; it does not move by itself under the hand */
  neighbours: (caseId: string, list: ListFilters) =>
    queryOptions({
      queryKey: [...reportsKey, 'neighbours', caseId, list],
      queryFn: ({ signal }) => read<NeighboursDto>(`/api/reports/${caseId}/neighbours`, list, signal),
    }),
  /** the kept messages after those that a case's screen begins with, `after` the last of them */
  kept: (caseId: string, after: string) =>
    infiniteQueryOptions({
      queryKey: [...reportsKey, 'kept', caseId, after],
      queryFn: ({ pageParam, signal }) =>
        read<TranscriptDto>(`/api/reports/${caseId}/kept`, { after: pageParam }, signal),
      initialPageParam: after,
      getNextPageParam: (page) => page.next,
    }),
  /**
   * Beyond the kept messages, apart from what a command reads anew: each part is one look, kept no longer than it is
   * shown.
   */
  history: (caseId: string, direction: HistoryDirection) =>
    infiniteQueryOptions({
      queryKey: ['case-history', caseId, direction],
      queryFn: ({ pageParam, signal }) =>
        read<HistoryDto>(`/api/reports/${caseId}/history`, { direction, ...pageParam }, signal),
      initialPageParam: {} as HistoryPlace,
      getNextPageParam: (part) => part.next,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // Every try is calls of the provider and may be a line in the audit.
      retry: false,
    }),
  /** the other accounts of the same person, as moderators have said */
  linked: ({ connection, userId }: AccountKey) =>
    queryOptions({
      queryKey: [...reportsKey, 'linked', connection, userId],
      queryFn: ({ signal }) => read<LinkedAccountsDto>('/api/reports/linked', { connection, userId }, signal),
    }),
  colleagues: () =>
    queryOptions({
      queryKey: [...reportsKey, 'colleagues'],
      queryFn: ({ signal }) => read<ColleagueDto[]>('/api/reports/colleagues', {}, signal),
    }),
}
