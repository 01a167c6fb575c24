import 'server-only'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Page } from '@/lib/provider/port'
import { failureOf, interactive } from './internal'
import type { AccountGroupDto, AccountGroupsDto } from './joined-schemas'
import { groupStates } from './matrix-states'
import { maxAccountGroups } from './rules'

/**
 * The groups that an account is in now, by the provider, with its mute in each as the ledger knows it: those where it
 * is muted first, otherwise in the provider's order, at most 500. When the provider does not answer, it tells why.
 * Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`.
 */
export async function listAccountGroups(
  context: Context,
  actor: Actor,
  account: AccountKey,
): Promise<AccountGroupsDto> {
  requirePermission(actor, 'accounts:read')
  const answer = await readJoined(context, account).catch(failureOf)
  const failure = 'joined' in answer ? null : answer
  const { joined, hasMore } = 'joined' in answer ? answer : { joined: [], hasMore: false }
  const stateOf = await groupStates(
    context,
    account,
    joined.map(({ groupId }) => groupId),
  )
  const { capabilities } = context.provider(account.connection)
  const groups = joined.map((group): AccountGroupDto => {
    const can = group.type && capabilities.groups[group.type]?.memberMute
    const state = stateOf(group.groupId)
    return { ...group, state: can?.isReadable === false ? { ...state, isUntold: true } : state }
  })
  const isQuiet = ({ state }: AccountGroupDto) => state.until === null && !state.pending && !state.drift
  return {
    groups: [...groups.filter((group) => !isQuiet(group)), ...groups.filter(isQuiet)],
    hasMore,
    failure,
    serverNow: context.clock.now(),
  }
}

type Joined = Omit<AccountGroupDto, 'state'>

async function readJoined(
  context: Context,
  { connection, userId }: AccountKey,
): Promise<{ joined: Joined[]; hasMore: boolean }> {
  const provider = context.provider(connection)
  const options = interactive()
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
