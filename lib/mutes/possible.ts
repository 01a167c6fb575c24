import 'server-only'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import type { CallOptions, GroupCapabilities, GroupType, Until } from '@/lib/provider/port'
import type { MutePlace } from './place'
import type { MuteScope } from './schemas'

/**
 * Asks the provider whether there is anybody to mute at a place, and whether it can be done there: what providers do
 * with a mute for nobody is not documented. Throws `ACCOUNT_NOT_FOUND`, `GROUP_NOT_FOUND`, `NOT_A_MEMBER`,
 * `CANNOT_MUTE_HERE` and `ProviderError`. `scopes`: those that the mute is for, where a place has several.
 */
export async function requirePossible(
  context: Context,
  place: MutePlace,
  options: CallOptions,
  scopes: readonly MuteScope[] = [],
): Promise<EndLimits> {
  const { connection, userId, groupId, topicId } = place
  const provider = context.provider(connection)
  if (groupId === '') {
    if (provider.capabilities.globalScopes.length === 0) throw new AppError('CANNOT_MUTE_HERE')
    const exists = await provider.checkAccounts([userId], options)
    if (exists.get(userId) === false) throw new AppError('ACCOUNT_NOT_FOUND')
    return { maxSeconds: provider.capabilities.maxMuteSeconds }
  }
  const group = (await provider.getGroups([groupId], options)).get(groupId)
  if (!group) throw new AppError('GROUP_NOT_FOUND')
  const can = provider.capabilities.groups[group.type]
  const limits = can && limitsAt(can, place, scopes)
  if (!can || !limits) throw new AppError('CANNOT_MUTE_HERE')
  if (topicId !== '') {
    const topics = await provider.listTopics(groupId, options)
    if (!topics.some((topic) => topic.topicId === topicId)) throw new AppError('GROUP_NOT_FOUND')
  }
  if (userId !== '' && can.canListMembers) await requireMember(context, place, group.type, options)
  return limits
}

function limitsAt(
  can: GroupCapabilities,
  { userId, topicId }: MutePlace,
  scopes: readonly MuteScope[],
): EndLimits | null {
  if (topicId !== '' && !can.hasTopics) return null
  if (userId !== '') return can.memberMute
  return scopes.includes('roles') ? can.roleMute : can.everyoneMute
}

/** How long a mute can be at a place. */
export type EndLimits = { maxSeconds: number }

/** Holds the ends that a command would set against what is possible. Throws `INVALID_INPUT` (field `end`). */
export function requireEnds({ maxSeconds }: EndLimits, ends: readonly (Until | null)[], now: number): void {
  const latest = now + maxSeconds * 1000
  if (ends.some((end) => typeof end === 'number' && end > latest))
    throw new AppError('INVALID_INPUT', { fields: { end: 'beyond_maximum' } })
}

async function requireMember(
  context: Context,
  { connection, groupId, userId }: MutePlace,
  type: GroupType,
  options: CallOptions,
): Promise<void> {
  const members = await context.provider(connection).getMembers({ groupId, type }, [userId], options)
  if (!members.has(userId)) throw new AppError('NOT_A_MEMBER')
}
