import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import { bulkMutesKey, isMoving, pollMs } from './active-query'
import type { BulkStatus } from './rules'
import type { BulkItemsDto, BulkMuteDto, BulkMutesDto } from './schemas'

/** The browser's reads about bulk mutes; a command on a run invalidates `all()`. */
export const bulkMuteQueries = {
  all: () => bulkMutesKey,
  /** the runs, newest first */
  list: (status?: BulkStatus) =>
    infiniteQueryOptions({
      queryKey: [...bulkMuteQueries.all(), 'list', status ?? 'all'],
      queryFn: ({ pageParam, signal }) =>
        read<BulkMutesDto>('/api/bulk-mutes', { status, before: pageParam }, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ runs }) => runs.some(isMoving)) ? pollMs.moving * 2 : pollMs.resting,
    }),
  one: (bulkId: string) =>
    queryOptions({
      queryKey: [...bulkMuteQueries.all(), 'one', bulkId],
      queryFn: ({ signal }) => read<BulkMuteDto>(`/api/bulk-mutes/${bulkId}`, {}, signal),
      refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? pollMs.moving : pollMs.resting),
    }),
  /** all of a run's accounts; `version` names what they were read for, see `itemsVersion` in components/bulk-mutes */
  items: (bulkId: string, version: string) =>
    queryOptions({
      queryKey: [...bulkMuteQueries.all(), 'items', bulkId, version],
      queryFn: ({ signal }) =>
        read<BulkItemsDto>(`/api/bulk-mutes/${bulkId}/items`, { limit: '500' }, signal),
      placeholderData: keepPreviousData,
    }),
}
