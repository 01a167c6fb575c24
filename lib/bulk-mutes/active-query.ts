import { queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import type { BulkStatus } from './rules'
import type { ActiveBulkMutesDto, BulkMuteDto } from './schemas'

/** Under which everything about bulk mutes is kept. */
export const bulkMutesKey = ['bulk-mutes'] as const

/** In which something happens by itself, so that it is worth asking often. */
const movingStatuses: readonly BulkStatus[] = ['previewing', 'running']

/** How often a run is asked about while something happens to it by itself, and while nothing does; in ms. */
export const pollMs = { moving: 1_000, resting: 15_000 }

/**
 * Whether something happens to a run by itself: also what is still on its way when it is paused or cancelled, and cases
 * at its end.
 */
export function isMoving({
  status,
  states,
  cases,
}: Pick<BulkMuteDto, 'status' | 'states' | 'cases'>): boolean {
  const isOver = status === 'done' || status === 'cancelled'
  const isClosing = isOver && cases !== null && cases.waiting > 0
  return movingStatuses.includes(status) || states.sending + states.unknown > 0 || isClosing
}

/** The runs that are under way or wait for somebody; apart from the other reads, since every page carries it. */
export function activeBulkMutes() {
  return queryOptions({
    queryKey: [...bulkMutesKey, 'active'],
    queryFn: ({ signal }) => read<ActiveBulkMutesDto>('/api/bulk-mutes/active', {}, signal),
    refetchInterval: ({ state }) =>
      state.data?.runs.some(({ status, onTheWay }) => status === 'running' || onTheWay > 0)
        ? pollMs.moving * 2
        : pollMs.resting,
    staleTime: 5_000,
  })
}
