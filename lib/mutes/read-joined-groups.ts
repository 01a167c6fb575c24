import 'server-only'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Context } from '@/lib/context'
import type { CallOptions, Page } from '@/lib/provider/port'
import { interactive } from './internal'
import type { AccountGroupDto } from './joined-schemas'
import { maxAccountGroups } from './rules'

type Joined = Pick<AccountGroupDto, 'groupId' | 'type' | 'name'>

/**
 * The groups that an account is in now, by the provider, at most 500; `hasMore`: there are more. Throws
 * `ProviderError`.
 */
export async function readJoinedGroups(
  context: Context,
  { connection, userId }: AccountKey,
  options: CallOptions = interactive(),
): Promise<{ joined: Joined[]; hasMore: boolean }> {
  const provider = context.provider(connection)
  // By id: a group that moves from page to page while they are read is one group.
  const joined = new Map<string, Joined>()
  let cursor: string | null = null
  do {
    const page: Page<Joined> = await provider.listJoinedGroups(userId, cursor, options)
    for (const group of page.items) joined.set(group.groupId, group)
    cursor = page.next
  } while (cursor !== null && joined.size < maxAccountGroups)
  return {
    joined: [...joined.values()].slice(0, maxAccountGroups),
    hasMore: cursor !== null || joined.size > maxAccountGroups,
  }
}
