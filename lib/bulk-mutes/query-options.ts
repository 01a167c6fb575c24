import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import type { BulkStatus } from './rules'
import type { BulkItemsDto, BulkMuteDto, BulkMutesDto, ListBulkItemsInput } from './schemas'

/** In which something happens by itself, so that it is worth asking often. */
export const movingStatuses: readonly BulkStatus[] = ['previewing', 'running']
const movingMs = 1_000
const restingMs = 15_000

/** The browser's reads about bulk mutes; a command on a run invalidates `all()`. */
export const bulkMuteQueries = {
  all: () => ['bulk-mutes'] as const,
  /** the runs, newest first */
  list: (status?: BulkStatus) =>
    infiniteQueryOptions({
      queryKey: [...bulkMuteQueries.all(), 'list', status ?? 'all'],
      queryFn: ({ pageParam, signal }) =>
        read<BulkMutesDto>('/api/bulk-mutes', { status, before: pageParam }, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ runs }) => runs.some(isMoving)) ? movingMs * 2 : restingMs,
    }),
  /** the runs that are under way or wait for somebody, for the frame */
  active: () =>
    queryOptions({
      queryKey: [...bulkMuteQueries.all(), 'active'],
      queryFn: ({ signal }) => read<BulkMutesDto>('/api/bulk-mutes/active', {}, signal),
      refetchInterval: ({ state }) => (state.data?.runs.some(isMoving) ? movingMs * 2 : restingMs),
      staleTime: 5_000,
    }),
  one: (bulkId: string) =>
    queryOptions({
      queryKey: [...bulkMuteQueries.all(), 'one', bulkId],
      queryFn: ({ signal }) => read<BulkMuteDto>(`/api/bulk-mutes/${bulkId}`, {}, signal),
      refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? movingMs : restingMs),
    }),
  /** a run's accounts, page by page */
  items: ({ bulkId, state, forecast }: Pick<ListBulkItemsInput, 'bulkId' | 'state' | 'forecast'>) =>
    infiniteQueryOptions({
      queryKey: [...bulkMuteQueries.all(), 'items', bulkId, state ?? '', forecast ?? ''],
      queryFn: ({ pageParam, signal }) =>
        read<BulkItemsDto>(
          `/api/bulk-mutes/${bulkId}/items`,
          { state, forecast, after: pageParam === undefined ? undefined : String(pageParam), limit: '500' },
          signal,
        ),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
}

/** Whether something happens to a run by itself. */
export function isMoving({ status }: Pick<BulkMuteDto, 'status'>): boolean {
  return movingStatuses.includes(status)
}
