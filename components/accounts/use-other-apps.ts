'use client'

import { useQueries, useQueryClient } from '@tanstack/react-query'
import { refetchAfter } from '@/components/mutes/state-kind'
import { serverNow } from '@/components/ui/clock'
import { accountQueries } from '@/lib/accounts/query-options'
import type { AccountDto, AccountKey } from '@/lib/accounts/schemas'
import type { AccountGroupsDto } from '@/lib/mutes/joined-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { MuteMatrixDto } from '@/lib/mutes/schemas'

/** One user id in another app than the one that is looked at. */
export type OtherApp = {
  connection: AccountDto['connection']
  /** `silent`: it could not be asked whether the id exists there */
  status: 'asking' | 'there' | 'absent' | 'silent'
  /** null: not told (yet) */
  nickname: string | null
  /** null: not read (yet) */
  matrix: MuteMatrixDto | null
  joined: AccountGroupsDto | null
  /** something of it is still on its way for the first time */
  isAsking: boolean
  /** something of it is on its way */
  isReading: boolean
  /** asks all of it again */
  retry(): void
}

/**
 * The same user id in every other connection, asked by the browser at each by itself: one that does not answer holds
 * up no other, and the page's own answer least of all.
 */
export function useOtherApps(
  { connection: here, userId }: AccountKey,
  connections: readonly AccountDto['connection'][],
): OtherApp[] {
  const queryClient = useQueryClient()
  const others = connections.filter(({ key }) => key !== here)
  const keys = others.map(({ key }) => ({ connection: key, userId }))
  const views = useQueries({
    queries: keys.map((key) => ({
      ...accountQueries.view(key),
      // An app that could not be asked is asked again by and by, as its mutes are.
      refetchInterval: ({ state }: { state: { data?: { account: AccountDto } | undefined } }) =>
        state.data?.account.exists === null ? 60_000 : (false as const),
    })),
  })
  const statuses = views.map(({ data, isError }): OtherApp['status'] => {
    if (!data) return isError ? 'silent' : 'asking'
    if (data.account.exists === null) return 'silent'
    return data.account.exists ? 'there' : 'absent'
  })
  // Of an app that could not be asked the ledger may still know something.
  const isWanted = statuses.map((status) => status === 'there' || status === 'silent')
  const matrices = useQueries({
    queries: keys.map((key, index) => ({
      ...muteQueries.matrix(key),
      enabled: isWanted[index] ?? false,
      refetchInterval: ({ state: { data } }: { state: { data?: MuteMatrixDto | undefined } }) =>
        data ? refetchAfter(data.states, serverNow() ?? data.serverNow) : 60_000,
    })),
  })
  const groups = useQueries({
    queries: keys.map((key, index) => ({ ...muteQueries.joined(key), enabled: isWanted[index] ?? false })),
  })
  return others.map((connection, index) => {
    const key = { connection: connection.key, userId }
    const status = statuses[index] ?? 'asking'
    const parts = [views[index], matrices[index], groups[index]]
    return {
      connection,
      status,
      nickname: views[index]?.data?.account.nickname ?? null,
      matrix: (isWanted[index] && matrices[index]?.data) || null,
      joined: (isWanted[index] && groups[index]?.data) || null,
      isAsking: parts.some((part) => part?.isLoading),
      isReading: parts.some((part) => part?.isFetching),
      retry() {
        void queryClient.invalidateQueries({ queryKey: accountQueries.view(key).queryKey })
        void queryClient.invalidateQueries({ queryKey: muteQueries.account(key) })
      },
    }
  })
}
