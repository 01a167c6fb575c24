import 'server-only'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { recallGroup } from '@/lib/groups/recall'
import { ProviderError } from '@/lib/provider/errors'
import { type CallOptions, type GroupType, groupRoles } from '@/lib/provider/port'
import { type AboveDto, aboveOf } from './above-rules'
import { hasRoleMutes } from './group-wide'
import { interactive } from './internal'
import { placeStates } from './matrix-states'
import { toldOf } from './observe'
import { observeQuietly } from './observe-quietly'
import { type MutePlace, placeOf, readPlace } from './place'

/**
 * What silences a member of a group or topic beside the member's own mute, read at the provider now; what was known last
 * where it does not answer.
 */
export async function mutesAbove(context: Context, place: MutePlace): Promise<AboveDto[]> {
  const { connection, userId, groupId } = place
  const { globalScopes } = context.provider(connection).capabilities
  const options = interactive()
  const group = statesNow(context, { ...place, userId: '' }, options)
  const account = globalScopes.includes('all_groups')
    ? statesNow(context, placeOf({ connection, userId }), options)
    : []
  const above = aboveOf((await Promise.all([group, account])).flat(), context.clock.now())
  if (!needsRole(context, connection, above)) return above
  const type = (await recallGroup(context.db, { connection, groupId }))?.type ?? null
  const role = await roleOf(context, { connection, groupId, userId, type }, options)
  return above.filter((mute) => isFor(context, connection, mute, role))
}

/** Whether it takes a member's role to tell whom these mutes silence. */
export function needsRole(
  context: Pick<Context, 'provider'>,
  connection: string,
  above: readonly AboveDto[],
) {
  const isWithRoles = hasRoleMutes(context.provider(connection).capabilities)
  return above.some(({ scope }) => scope === 'roles' || (scope === 'everyone' && !isWithRoles))
}

/**
 * Whether a mute silences a member with this role (null: it is not known). Owner and admins write on while everybody is
 * muted, except where roles can be muted (ZEGO): there everybody's is the owner's too.
 */
export function isFor(
  context: Pick<Context, 'provider'>,
  connection: string,
  { scope, roles }: AboveDto,
  role: number | null,
): boolean {
  if (scope === 'all_groups') return true
  if (scope === 'roles') return role !== null && (roles ?? []).includes(role)
  if (hasRoleMutes(context.provider(connection).capabilities)) return true
  return role !== groupRoles.owner && role !== groupRoles.admin
}

type Member = { connection: string; groupId: string; userId: string; type: GroupType | null }

/** A member's role in a group; null: the provider does not tell, or does not answer. */
export async function roleOf(
  context: Context,
  { connection, groupId, userId, type }: Member,
  options: CallOptions,
): Promise<number | null> {
  const provider = context.provider(connection)
  const { groups } = provider.capabilities
  const [onlyType, ...otherTypes] = Object.keys(groups) as GroupType[]
  const asked = type ?? (otherTypes.length === 0 ? onlyType : null)
  if (!asked || !groups[asked]?.canListMembers) return null
  const members = await provider.getMembers({ groupId, type: asked }, [userId], options).catch(unanswered)
  return members?.get(userId)?.role ?? null
}

async function statesNow(context: Context, place: MutePlace, options: CallOptions) {
  const reading = await readPlace(context, place, options).catch(unanswered)
  if (reading) {
    const { askedAt, keepsNoEnd = false } = reading
    const observed = toldOf(place, reading)
    await observeQuietly(context.db, { connection: place.connection, askedAt, keepsNoEnd, observed })
  }
  return placeStates(context, place)
}

/** That the place is not there is for the reading of the member itself to tell. */
function unanswered(error: unknown): null {
  if (error instanceof ProviderError || error instanceof AppError) return null
  throw error
}
