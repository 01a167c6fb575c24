import 'server-only'
import type { Context } from '@/lib/context'
import { readJoinedGroups } from '@/lib/mutes/read-joined-groups'
import type { CallOptions } from '@/lib/provider/port'
import type { BulkRow, ItemRow } from './internal'
import { unlessRefused } from './look-up-groups'

/** An item of a run, as a preview takes it. */
export type PreviewItem = Pick<ItemRow, 'userId' | 'groupId' | 'position' | 'before' | 'after' | 'basis'>

/**
 * What a preview is about. The groups of one account are listed anew, as it may have joined or left some since the run
 * was made or previewed last, unless the provider refuses to for good; accounts stay those that somebody chose, and an
 * undo is about what was done. `isPartial`: the account is in more groups than the run takes. Throws `ProviderError`.
 */
export async function listAnew(
  context: Context,
  { kind, connection, userId, isPartial }: BulkRow,
  made: readonly ItemRow[],
  signal: AbortSignal,
): Promise<{ items: readonly PreviewItem[]; isPartial: boolean }> {
  if (userId === '' || kind === 'undo') return { items: made, isPartial }
  const options: CallOptions = { priority: 'bulk', signal }
  const listed = await readJoinedGroups(context, { connection, userId }, options).catch(unlessRefused)
  // In none any more, or not to be listed: a run is about something, and each of its groups will say what it is there.
  if (listed === null || listed.joined.length === 0) return { items: made, isPartial }
  const { joined, hasMore } = listed
  const none = { before: null, after: null, basis: null }
  return {
    items: joined.map(({ groupId }, position) => ({ userId, groupId, position, ...none })),
    isPartial: hasMore,
  }
}
