import 'server-only'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import type { CallOptions, GroupCapabilities, GroupType, Provider, Until } from '@/lib/provider/port'
import { requireMemberInReach } from './group-wide'
import type { MutePlace } from './place'
import { maxMuteSeconds } from './rules'
import type { MuteScope } from './schemas'

/**
 * Asks the provider whether there is anybody to mute at a place, and whether it can be done there: what providers do
 * with a mute for nobody is not documented. Throws `ACCOUNT_NOT_FOUND`, `GROUP_NOT_FOUND`, `NOT_A_MEMBER`,
 * `CANNOT_MUTE_HERE`, `INVALID_INPUT` (field `userId`) for an owner whom the console may not mute, and `ProviderError`.
 * `scopes`: those that the mute is for, where a place has several.
 */
export async function requirePossible(
  context: Context,
  place: MutePlace,
  options: CallOptions,
  scopes: readonly MuteScope[] = [],
): Promise<void> {
  const { connection, userId, groupId, topicId } = place
  const provider = context.provider(connection)
  if (groupId === '') {
    if (provider.capabilities.globalScopes.length === 0) throw new AppError('CANNOT_MUTE_HERE')
    return requireAccount(provider, userId, options)
  }
  const group = (await provider.getGroups([groupId], options)).get(groupId)
  if (!group) throw new AppError('GROUP_NOT_FOUND')
  const can = provider.capabilities.groups[group.type]
  if (!can || !limitsAt(can, place, scopes)) throw new AppError('CANNOT_MUTE_HERE')
  if (topicId !== '') {
    const topics = await provider.listTopics(groupId, options)
    if (!topics.some((topic) => topic.topicId === topicId)) throw new AppError('GROUP_NOT_FOUND')
  }
  if (userId === '') return
  // Where nobody tells who is a member, that there is such an account is all that can be known.
  if (can.canListMembers) await requireMember(context, place, group.type, options)
  else await requireAccount(provider, userId, options)
}

async function requireAccount(provider: Provider, userId: string, options: CallOptions): Promise<void> {
  const exists = await provider.checkAccounts([userId], options)
  if (exists.get(userId) === false) throw new AppError('ACCOUNT_NOT_FOUND')
}

function limitsAt(can: GroupCapabilities, { userId, topicId }: MutePlace, scopes: readonly MuteScope[]) {
  if (topicId !== '' && !can.hasTopics) return null
  if (userId !== '') return can.memberMute
  return scopes.includes('roles') ? can.roleMute : can.everyoneMute
}

async function requireMember(
  context: Context,
  { connection, groupId, userId }: MutePlace,
  type: GroupType,
  options: CallOptions,
): Promise<void> {
  const members = await context.provider(connection).getMembers({ groupId, type }, [userId], options)
  const member = members.get(userId)
  if (!member) throw new AppError('NOT_A_MEMBER')
  await requireMemberInReach(context, { connection, groupId }, member.role, options)
}

/** An end that lies ahead, and not further than any mute may reach. Throws `INVALID_INPUT` (field `end`). */
export function requireFutureEnd(until: Until, now: number): Until {
  if (until === 'forever') return until
  if (until <= now) throw new AppError('INVALID_INPUT', { fields: { end: 'in_past' } })
  if (until > now + maxMuteSeconds * 1000)
    throw new AppError('INVALID_INPUT', { fields: { end: 'beyond_maximum' } })
  return until
}
