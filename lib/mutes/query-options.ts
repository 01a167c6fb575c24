import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AccountKey, SearchInput } from '@/lib/accounts/schemas'
import { encodePath, read } from '@/lib/read'
import { accountRef } from './rules'
import type { AccountSearchDto, MuteHistoryDto, MuteMatrixDto, MuteStatesDto } from './schemas'

/** The browser's reads about mutes; a command on an account invalidates `account(...)` and `searches()`. */
export const muteQueries = {
  all: () => ['mutes'] as const,
  account: ({ connection, userId }: AccountKey) =>
    [...muteQueries.all(), 'account', connection, userId] as const,
  matrix: (account: AccountKey) =>
    queryOptions({
      queryKey: [...muteQueries.account(account), 'matrix'],
      queryFn: ({ signal }) =>
        read<MuteMatrixDto>(`/api/mutes${encodePath(account.connection, account.userId)}`, {}, signal),
      // What holds may change elsewhere at any time; the matrix says how old it is.
      staleTime: 10_000,
      refetchInterval: 60_000,
      refetchOnWindowFocus: 'always',
    }),
  history: (account: AccountKey) =>
    infiniteQueryOptions({
      queryKey: [...muteQueries.account(account), 'history'],
      queryFn: ({ pageParam, signal }) =>
        read<MuteHistoryDto>(
          `/api/mutes${encodePath(account.connection, account.userId)}/history`,
          { before: pageParam },
          signal,
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => (page.hasMore ? page.commands.at(-1)?.id : undefined),
      staleTime: 10_000,
    }),
  searches: () => [...muteQueries.all(), 'search'] as const,
  search: (input: SearchInput) =>
    queryOptions({
      queryKey: [...muteQueries.searches(), input.q, input.connection ?? null],
      queryFn: ({ signal }) =>
        read<AccountSearchDto>('/api/accounts/search', { q: input.q, connection: input.connection }, signal),
      enabled: input.q.trim() !== '',
      placeholderData: keepPreviousData,
      staleTime: 10_000,
    }),
  /** what the providers say now about accounts that a search found in the directory */
  checks: (accounts: readonly AccountKey[]) => {
    const refs = accounts.map(accountRef).join('\n')
    return queryOptions({
      queryKey: [...muteQueries.searches(), 'checks', refs],
      queryFn: ({ signal }) => read<MuteStatesDto>('/api/mutes/states', { accounts: refs }, signal),
      enabled: accounts.length > 0,
      staleTime: 60_000,
    })
  },
}
