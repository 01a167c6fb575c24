import 'server-only'
import type { Context } from '@/lib/context'
import { readJoinedGroups } from '@/lib/mutes/read-joined-groups'
import type { BulkRow, ItemRow } from './internal'

/** An item of a run, as a preview takes it. */
export type PreviewItem = Pick<ItemRow, 'userId' | 'groupId' | 'position' | 'before' | 'after' | 'basis'>

/**
 * What a preview is about. The groups of one account are listed anew, as it may have joined or left some since the run
 * was made or previewed last; accounts stay those that somebody chose, and an undo is about what was done. `isPartial`:
 * the account is in more groups than the run takes. Throws `ProviderError`.
 */
export async function listAnew(
  context: Context,
  { kind, connection, userId, isPartial }: BulkRow,
  made: readonly ItemRow[],
  signal: AbortSignal,
): Promise<{ items: readonly PreviewItem[]; isPartial: boolean }> {
  if (userId === '' || kind === 'undo') return { items: made, isPartial }
  const { joined, hasMore } = await readJoinedGroups(
    context,
    { connection, userId },
    { priority: 'bulk', signal },
  )
  // In none any more: a run is about something, and each of its groups will say that the account is not in it.
  if (joined.length === 0) return { items: made, isPartial }
  const none = { before: null, after: null, basis: null }
  return {
    items: joined.map(({ groupId }, position) => ({ userId, groupId, position, ...none })),
    isPartial: hasMore,
  }
}
