import { queryOptions } from '@tanstack/react-query'
import { encodePath, read } from '@/lib/read'
import type { FindGroupsDto, FindGroupsInput, GroupKey, GroupViewDto } from './schemas'

/** The browser's reads about groups; mutations invalidate by prefix. */
export const groupQueries = {
  all: () => ['groups'] as const,
  find: ({ q = '', connection }: FindGroupsInput) =>
    queryOptions({
      queryKey: [...groupQueries.all(), 'find', q, connection ?? ''],
      queryFn: ({ signal }) => read<FindGroupsDto>('/api/groups', { q, connection }, signal),
      staleTime: 30_000,
    }),
  view: ({ connection, groupId }: GroupKey) =>
    queryOptions({
      queryKey: [...groupQueries.all(), 'view', connection, groupId],
      queryFn: ({ signal }) =>
        read<GroupViewDto>(`/api/groups${encodePath(connection, groupId)}`, {}, signal),
      staleTime: 30_000,
    }),
}
