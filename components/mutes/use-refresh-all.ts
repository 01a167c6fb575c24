'use client'

import { useQueryClient } from '@tanstack/react-query'
import { isOfUser } from '@/lib/mutes/query-options'
import type { MuteSubject } from './subject'
import type { MuteChecks } from './use-mute-checks'

/** Reads anew all that the page shows of a subject: of an account also what the same id has in other apps. */
export function useRefreshAll({ place }: MuteSubject, { refresh }: MuteChecks): () => Promise<void> {
  const queryClient = useQueryClient()
  return async () => {
    const { userId } = place
    const ofUser = queryClient.invalidateQueries({
      predicate: (query) => userId !== undefined && isOfUser(query, userId),
    })
    await Promise.all([refresh(), ofUser])
  }
}
