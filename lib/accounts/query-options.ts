import { queryOptions } from '@tanstack/react-query'
import { encodePath, read } from '@/lib/read'
import type { AccountKey, AccountViewDto } from './schemas'

/** The browser's reads about accounts; mutations invalidate by prefix. */
export const accountQueries = {
  all: () => ['accounts'] as const,
  view: ({ connection, userId }: AccountKey) =>
    queryOptions({
      queryKey: [...accountQueries.all(), 'view', connection, userId],
      queryFn: ({ signal }) =>
        read<AccountViewDto>(`/api/accounts${encodePath(connection, userId)}`, {}, signal),
      staleTime: 30_000,
    }),
}
