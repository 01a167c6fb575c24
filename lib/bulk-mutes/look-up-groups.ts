import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { groupNamesOf } from '@/lib/groups/recall'
import { rememberGroups, seenGroup } from '@/lib/groups/remember'
import { observe } from '@/lib/mutes/observe'
import { placeOf, readPlace } from '@/lib/mutes/place'
import { type CallOptions, type GroupInfo, type GroupMember, groupRoles } from '@/lib/provider/port'
import { findProtectedAccounts } from '@/lib/settings/protected-accounts'
import type { Known } from './forecast'
import type { BulkRow } from './internal'
import { knownStates } from './look-up'

const atOnce = 8
/** How many pages of a group's members are read for a role; who comes later is left to the provider to refuse. */
const mostPages = 5

/**
 * Finds out what a preview has to know of one account in its groups, by group id; a group that is gone, or in which
 * nobody can be muted, is missing. Ends when `signal` aborts. Throws `ProviderError`.
 */
export async function lookUpGroups(
  context: Context,
  bulk: BulkRow,
  groupIds: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Known>> {
  const { connection, userId } = bulk
  const options: CallOptions = { priority: 'bulk', signal }
  const provider = context.provider(connection)
  const groups = await provider.getGroups(groupIds, options)
  await rememberNames(context, connection, groups)
  const isReadable = ({ type }: GroupInfo) =>
    provider.capabilities.groups[type]?.memberMute?.isReadable ?? false
  const possible = [...groups.values()].filter(({ type }) => provider.capabilities.groups[type]?.memberMute)
  const standings = new Map<string, Standing>()
  const waiting = possible.values()
  const readInTurn = async () => {
    for (const group of waiting) {
      standings.set(group.groupId, await readStanding(context, bulk, group, options))
      if (!isReadable(group)) continue
      const place = placeOf({ connection, userId, groupId: group.groupId })
      await observe(context.db, place, await readPlace(context, place, options))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, readInTurn))
  const [staff, states] = await Promise.all([
    findProtectedAccounts(context.db, connection),
    statesInGroups(context, bulk, groupIds),
  ])
  return new Map(
    possible.map((group): [string, Known] => {
      const { groupId } = group
      const { membership, isPowerless } = standings.get(groupId) ?? { membership: null, isPowerless: false }
      return [
        groupId,
        {
          isProtected: staff.has(userId),
          exists: null,
          membership,
          isPowerless,
          states: states.get(groupId) ?? (isReadable(group) || isOwner(membership) ? {} : { group: untold }),
        },
      ]
    }),
  )
}

/** Somebody may have muted the account elsewhere: then a lift is sent there too. Nobody can have muted an owner. */
const untold = { until: null, version: 0, isTold: false, isPending: false }

function isOwner(membership: Known['membership']): boolean {
  return typeof membership === 'object' && membership?.role === groupRoles.owner
}

type Standing = { membership: Known['membership']; isPowerless: boolean }

/** As what the account is in a group, and whether the console's own account is a plain member there, who may not mute. */
async function readStanding(
  context: Context,
  { connection, userId }: BulkRow,
  { groupId, type }: GroupInfo,
  options: CallOptions,
): Promise<Standing> {
  const provider = context.provider(connection)
  const { operatorUserId } = provider
  const found = new Map<string, GroupMember>()
  const isFound = () => found.has(userId) && (operatorUserId === null || found.has(operatorUserId))
  let cursor: string | null = null
  let pages = 0
  if (!provider.capabilities.groups[type]?.canListMembers) return { membership: null, isPowerless: false }
  do {
    const page: Awaited<ReturnType<typeof provider.listMembers>> = await provider.listMembers(
      { groupId, type },
      cursor,
      options,
    )
    for (const member of page.items) found.set(member.userId, member)
    cursor = page.next
    pages += 1
  } while (cursor !== null && pages < mostPages && !isFound())
  const member = found.get(userId)
  const isPowerless = operatorUserId !== null && found.get(operatorUserId)?.role === groupRoles.member
  if (member) return { membership: { role: member.role }, isPowerless }
  return { membership: cursor === null ? 'none' : null, isPowerless }
}

/** A preview names groups: those that the directory has not met are put into it. */
async function rememberNames(
  { db }: Context,
  connection: string,
  groups: ReadonlyMap<string, GroupInfo>,
): Promise<void> {
  const known = await groupNamesOf(db, connection, [...groups.keys()])
  const unknown = [...groups.values()].filter(({ groupId }) => !known.has(groupId))
  await rememberGroups(
    db,
    unknown.map((group) => seenGroup(connection, group)),
  )
}

async function statesInGroups(
  { db, clock }: Context,
  { connection, userId }: BulkRow,
  groupIds: readonly string[],
): Promise<Map<string, Known['states']>> {
  const rows = await db
    .select()
    .from(muteStates)
    .where(
      and(
        eq(muteStates.connection, connection),
        eq(muteStates.userId, userId),
        inArray(muteStates.groupId, [...groupIds]),
        eq(muteStates.scope, 'group'),
      ),
    )
  const now = clock.now()
  return new Map(rows.map((row) => [row.groupId, knownStates([row], now)]))
}
