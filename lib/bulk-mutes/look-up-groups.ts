import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { groupNamesOf } from '@/lib/groups/recall'
import { rememberGroups, seenGroup } from '@/lib/groups/remember'
import { observe } from '@/lib/mutes/observe'
import { placeOf, readPlace } from '@/lib/mutes/place'
import { isFinalRefusal } from '@/lib/provider/errors'
import { type CallOptions, type GroupInfo, groupRoles } from '@/lib/provider/port'
import { findProtectedAccounts } from '@/lib/settings/protected-accounts'
import type { Known } from './forecast'
import type { BulkRow } from './internal'
import { knownStatesBy } from './look-up'

const atOnce = 8

/**
 * Finds out what a preview has to know of one account in its groups, by group id; a group that is gone, that the
 * provider refuses to tell of, or in which nobody can be muted, is missing. Ends when `signal` aborts. Throws
 * `ProviderError`.
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
      const standing = await readStanding(context, bulk, group, options).catch(unlessRefused)
      if (!standing) continue
      if (isReadable(group)) {
        const place = placeOf({ connection, userId, groupId: group.groupId })
        const reading = await readPlace(context, place, options).catch(unlessRefused)
        if (!reading) continue
        await observe(context.db, place, reading)
      }
      standings.set(group.groupId, standing)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, readInTurn))
  const isThere = and(eq(muteStates.userId, userId), inArray(muteStates.groupId, [...groupIds]))
  const [staff, states] = await Promise.all([
    findProtectedAccounts(context.db, connection),
    knownStatesBy('groupId', context, bulk, isThere),
  ])
  return new Map(
    possible.flatMap((group): [string, Known][] => {
      const { groupId } = group
      const standing = standings.get(groupId)
      if (!standing) return []
      const isKnown = isReadable(group) || isOwner(standing.membership)
      return [
        [
          groupId,
          {
            isProtected: staff.has(userId),
            exists: null,
            ...standing,
            states: states.get(groupId) ?? (isKnown ? {} : { group: untold }),
          },
        ],
      ]
    }),
  )
}

/** Somebody may have muted the account elsewhere: then a lift is sent there too. Nobody can have muted an owner. */
const untold = { until: null, version: 0, isTold: false, isPending: false }

function isOwner(membership: Known['membership']): boolean {
  return typeof membership === 'object' && membership?.role === groupRoles.owner
}

/** About one group or account: it must not keep a preview waiting for ever. Null: nothing is known of it. */
export function unlessRefused(error: unknown): null {
  if (isFinalRefusal(error)) return null
  throw error
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
  if (!provider.capabilities.groups[type]?.canListMembers) return { membership: null, isPowerless: false }
  const asked = operatorUserId === null ? [userId] : [userId, operatorUserId]
  const members = await provider.getMembers({ groupId, type }, asked, options)
  const member = members.get(userId)
  const isPowerless = operatorUserId !== null && members.get(operatorUserId)?.role === groupRoles.member
  return { membership: member ? { role: member.role } : 'none', isPowerless }
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
