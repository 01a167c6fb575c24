import 'server-only'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { ProviderError } from '@/lib/provider/errors'
import { type CallOptions, type Capabilities, type GroupInfo, groupRoles } from '@/lib/provider/port'
import type { StateRow } from './internal'
import type { Ends, MutePlace } from './place'
import type { Plan } from './request'
import { inRoleOrder } from './role-rules'
import type { MuteScope } from './schemas'

/**
 * The mutes of a whole group. Where a provider mutes roles (ZEGO) it keeps one such mute, with one end: everybody's or
 * that of a list of roles, each in place of the other. A command on one of the two scopes therefore takes both.
 */

/** Whether a provider mutes roles. */
export function hasRoleMutes({ groups }: Pick<Capabilities, 'groups'>): boolean {
  return Object.values(groups).some(({ roleMute }) => roleMute !== null)
}

/** The scopes of everybody in a group or topic. */
export function groupWideScopes(
  context: Pick<Context, 'provider'>,
  { connection, topicId }: MutePlace,
): readonly MuteScope[] {
  const { capabilities } = context.provider(connection)
  return topicId === '' && hasRoleMutes(capabilities) ? ['everyone', 'roles'] : ['everyone']
}

/**
 * What a command takes of a place: beside its own scopes those that it replaces, which nobody is muted in afterwards. Of
 * these the version is what it is now, unless the moderator says which one was seen.
 */
export function withReplaced(
  context: Pick<Context, 'provider'>,
  { place, scopes, basis }: Pick<Plan, 'place' | 'basis'> & { scopes: readonly MuteScope[] },
  states: ReadonlyMap<MuteScope, StateRow>,
): { scopes: readonly MuteScope[]; basis: Plan['basis']; replaced: Plan['after'] } {
  const all = place.userId === '' ? groupWideScopes(context, place) : []
  const others = all.filter((scope) => !scopes.includes(scope))
  const versions = Object.fromEntries(others.map((scope) => [scope, states.get(scope)?.version ?? 0]))
  return {
    scopes: [...scopes, ...others],
    basis: { ...versions, ...basis },
    replaced: Object.fromEntries(others.map((scope) => [scope, null])),
  }
}

/** Asks what holds for a whole group or topic. Throws `ProviderError`, and `GROUP_NOT_FOUND`. */
export async function readGroupWide(
  context: Context,
  { connection, groupId, topicId }: MutePlace,
  options: CallOptions,
): Promise<Ends> {
  const provider = context.provider(connection)
  if (topicId !== '') {
    const topic = (await provider.listTopics(groupId, options)).find((found) => found.topicId === topicId)
    if (!topic) throw new AppError('GROUP_NOT_FOUND')
    return { until: topic.everyone === undefined ? {} : { everyone: topic.everyone } }
  }
  const group = (await provider.getGroups([groupId], options)).get(groupId)
  if (!group) throw new AppError('GROUP_NOT_FOUND')
  return endsOfGroup(provider.capabilities, group)
}

/** What a group's description tells of the mutes of everybody and of roles. */
export function endsOfGroup(
  capabilities: Pick<Capabilities, 'groups'>,
  { everyone, roles }: Pick<GroupInfo, 'everyone' | 'roles'>,
): Ends {
  return {
    until: {
      ...(everyone !== undefined && { everyone }),
      ...(hasRoleMutes(capabilities) && { roles: roles?.until ?? null }),
    },
    ...(roles && { roles: inRoleOrder(roles.roles) }),
  }
}

/** Sends what shall hold for a whole group or topic, in one call. Throws `ProviderError`. */
export async function sendGroupWide(
  context: Context,
  { connection, groupId, topicId }: MutePlace,
  { until, roles }: Ends,
  options: CallOptions,
): Promise<void> {
  const provider = context.provider(connection)
  if (until.roles && roles) return provider.setRolesMute(groupId, { roles, until: until.roles }, options)
  const place = topicId === '' ? { groupId } : { groupId, topicId }
  return provider.setEveryoneMute(place, until.everyone ?? null, options)
}

/**
 * Tells before anything is sent that an admin of the group cannot mute its owner, if that is what the console's operator
 * is there. Throws `INVALID_INPUT` (field `roles`). Where it cannot be found out, the provider decides.
 */
export async function requireRolesInReach(
  context: Context,
  { connection, groupId }: MutePlace,
  roles: readonly number[],
  options: CallOptions,
): Promise<void> {
  if (roles.includes(groupRoles.owner) && (await isOperatorAdmin(context, { connection, groupId }, options)))
    throw new AppError('INVALID_INPUT', { fields: { roles: 'owner_out_of_reach' } })
}

/** The same about one member, by their role. Throws `INVALID_INPUT` (field `userId`). */
export async function requireMemberInReach(
  context: Context,
  place: Pick<MutePlace, 'connection' | 'groupId'>,
  role: number,
  options: CallOptions,
): Promise<void> {
  if (role === groupRoles.owner && (await isOperatorAdmin(context, place, options)))
    throw new AppError('INVALID_INPUT', { fields: { userId: 'owner_out_of_reach' } })
}

async function isOperatorAdmin(
  context: Context,
  { connection, groupId }: Pick<MutePlace, 'connection' | 'groupId'>,
  options: CallOptions,
): Promise<boolean> {
  const provider = context.provider(connection)
  const { operatorUserId } = provider
  if (operatorUserId === null) return false
  const found = await provider.getMembers({ groupId, type: 'zim' }, [operatorUserId], options).catch(failed)
  return found?.get(operatorUserId)?.role === groupRoles.admin
}

function failed(error: unknown): null {
  if (error instanceof ProviderError) return null
  throw error
}
