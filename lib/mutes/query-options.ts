import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AccountKey, SearchInput } from '@/lib/accounts/schemas'
import { encodePath, read } from '@/lib/read'
import type { AccountGroupsDto } from './joined-schemas'
import type { ListMembersInput, PlaceKey } from './place-schemas'
import { accountRef } from './rules'
import type {
  AccountSearchDto,
  GroupMembersDto,
  MuteHistoryDto,
  MuteMatrixDto,
  MuteStatesDto,
} from './schemas'

/** The browser's reads about mutes; a command on an account invalidates `account(...)` and `searches()`. */
export const muteQueries = {
  all: () => ['mutes'] as const,
  account: ({ connection, userId }: AccountKey) =>
    [...muteQueries.all(), 'account', connection, userId] as const,
  /** all that is read of a place; `account` covers an account's own places */
  place: ({ connection, userId = '', groupId = '', topicId = '' }: PlaceKey) =>
    [...muteQueries.account({ connection, userId }), groupId, topicId] as const,
  matrix: (place: PlaceKey) =>
    queryOptions({
      queryKey: [...muteQueries.place(place), 'matrix'],
      queryFn: ({ signal }) => read<MuteMatrixDto>(placePath(place, 'mutes'), placeQuery(place), signal),
      // What holds may change elsewhere at any time; the matrix says how old it is.
      staleTime: 10_000,
      refetchInterval: 60_000,
      refetchOnWindowFocus: 'always',
    }),
  history: (place: PlaceKey) =>
    infiniteQueryOptions({
      queryKey: [...muteQueries.place(place), 'history'],
      queryFn: ({ pageParam, signal }) =>
        read<MuteHistoryDto>(
          placePath(place, 'history'),
          { ...placeQuery(place), before: pageParam },
          signal,
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => (page.hasMore ? page.commands.at(-1)?.id : undefined),
      staleTime: 10_000,
    }),
  /** the groups that an account is in */
  joined: (account: AccountKey) =>
    queryOptions({
      queryKey: [...muteQueries.account(account), 'joined'],
      queryFn: ({ signal }) =>
        read<AccountGroupsDto>(
          `/api/mutes${encodePath(account.connection, account.userId)}/groups`,
          {},
          signal,
        ),
      staleTime: 30_000,
    }),
  members: ({ connection, groupId, topicId, only }: Omit<ListMembersInput, 'cursor'>) =>
    infiniteQueryOptions({
      queryKey: [...muteQueries.groupMembers(), connection, groupId, topicId ?? '', only ?? 'all'],
      queryFn: ({ pageParam, signal }) =>
        read<GroupMembersDto>(
          `/api/groups${encodePath(connection, groupId)}/members`,
          { topicId, only, cursor: pageParam },
          signal,
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      staleTime: 30_000,
    }),
  groupMembers: () => [...muteQueries.all(), 'members'] as const,
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

/** Whether what a query read about mutes is about this user id, in whatever app. */
export function isOfUser({ queryKey }: { queryKey: readonly unknown[] }, userId: string): boolean {
  const [ofAll, ofAccounts] = muteQueries.account({ connection: '', userId })
  return queryKey[0] === ofAll && queryKey[1] === ofAccounts && queryKey[3] === userId
}

/** An account has its routes below `/api/mutes`, members and everybody theirs below the group. */
function placePath({ connection, userId = '', groupId }: PlaceKey, what: 'mutes' | 'history'): string {
  if (groupId !== undefined) return `/api/groups${encodePath(connection, groupId)}/${what}`
  return `/api/mutes${encodePath(connection, userId)}${what === 'mutes' ? '' : `/${what}`}`
}

function placeQuery({ userId, groupId, topicId }: PlaceKey): Record<string, string | undefined> {
  return groupId === undefined ? {} : { userId, topicId }
}
