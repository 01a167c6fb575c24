import 'server-only'
import { and, eq, ne } from 'drizzle-orm'
import { nicknamesOf } from '@/lib/accounts/nicknames'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { GroupMember, Page } from '@/lib/provider/port'
import { inForce } from './ends'
import { asAppError, interactive } from './internal'
import { memberStates } from './matrix-states'
import { observeMembers } from './observe'
import { type MutePlace, placeOf } from './place'
import type { ListMembersInput } from './place-schemas'
import type { GroupMembersDto, Until } from './schemas'

/**
 * One page of a group's members with the mute of each, in the group or in one topic of it; or only those who are muted
 * there, where the provider can tell, and where it cannot (ZEGO) those of whom the ledger says so. Throws `FORBIDDEN`,
 * `UNKNOWN_CONNECTION`, `GROUP_NOT_FOUND`, `INVALID_INPUT` (`only`: all members of this type cannot be listed;
 * `cursor`: none of this list),
 * `PROVIDER_UNREACHABLE` and `PROVIDER_REFUSED`.
 */
export async function listMembers(
  context: Context,
  actor: Actor,
  input: ListMembersInput,
): Promise<GroupMembersDto> {
  requirePermission(actor, 'accounts:read')
  const place = placeOf(input)
  const found = await readMembers(context, place, input).catch((error: unknown) => {
    throw asAppError(error)
  })
  const { page, told, askedAt } = found
  await observeMembers(context.db, place, askedAt, told)
  const userIds = page.items.map(({ userId }) => userId)
  const unnamed = page.items.filter(({ name }) => !name).map(({ userId }) => userId)
  const [stateOf, nicknames] = await Promise.all([
    memberStates(context, place, userIds),
    nicknamesOf(context, place.connection, unnamed),
  ])
  return {
    members: page.items.map(({ userId, name, role }) => {
      const state = stateOf(userId)
      // Of those who were never muted the ledger says nothing; that the provider was asked counts.
      const isTold = told.has(userId)
      return {
        userId,
        name: name || nicknames.get(userId) || null,
        role,
        state: isTold ? { ...state, checkedAt: state.checkedAt ?? askedAt } : { ...state, isUntold: true },
      }
    }),
    next: page.next,
    total: page.total,
    serverNow: context.clock.now(),
  }
}

type Found = {
  page: Page<Pick<GroupMember, 'userId' | 'name'> & { role: number | null }>
  /** what the provider said of each, where it said anything */
  told: ReadonlyMap<string, Until | null>
  askedAt: number
}

async function readMembers(context: Context, place: MutePlace, input: ListMembersInput): Promise<Found> {
  const { groupId, topicId } = place
  const provider = context.provider(place.connection)
  const askedAt = context.clock.now()
  if (input.only === 'muted') return readMuted(context, place, askedAt)

  const group = (await provider.getGroups([groupId], interactive())).get(groupId)
  if (!group) throw new AppError('GROUP_NOT_FOUND')
  if (!provider.capabilities.groups[group.type]?.canListMembers)
    throw new AppError('INVALID_INPUT', { fields: { only: 'required' } })
  const [page, inTopic] = await Promise.all([
    provider
      .listMembers({ groupId, type: group.type }, input.cursor ?? null, interactive())
      .catch(asNoCursor),
    // What a member's own entry tells is about the group.
    topicId === '' ? null : provider.readMemberMutes({ groupId, topicId }, interactive()),
  ])
  const told = new Map<string, Until | null>()
  for (const { userId, until } of page.items) {
    const end = inTopic ? (inTopic.until.get(userId) ?? null) : until
    if (end !== undefined) told.set(userId, end)
  }
  return { page, told, askedAt }
}

/** A cursor comes from the browser: one that is none of this list is a mistake in the question. */
function asNoCursor(error: unknown): never {
  if (error instanceof RangeError)
    throw new AppError('INVALID_INPUT', { fields: { cursor: 'invalid' }, cause: error })
  throw error
}

/** Everybody who is muted at a place by the provider's word or, until that is accepted or overruled, by the ledger's. */
async function readMuted(context: Context, place: MutePlace, askedAt: number): Promise<Found> {
  const { connection, groupId, topicId } = place
  const [reading, ledger] = await Promise.all([
    context
      .provider(connection)
      .readMemberMutes(topicId === '' ? { groupId } : { groupId, topicId }, interactive()),
    context.db
      .select()
      .from(muteStates)
      .where(
        and(
          eq(muteStates.connection, connection),
          eq(muteStates.groupId, groupId),
          eq(muteStates.topicId, topicId),
          ne(muteStates.userId, ''),
        ),
      ),
  ])
  const known = ledger.filter(({ until }) => inForce(until, askedAt) !== null).map(({ userId }) => userId)
  const told = new Map<string, Until | null>(reading?.until)
  if (reading) for (const { userId } of ledger) if (!told.has(userId)) told.set(userId, null)
  const userIds = [...new Set([...(reading?.until.keys() ?? []), ...known])].sort()
  return {
    page: {
      items: userIds.map((userId) => ({ userId, name: null, role: null })),
      next: null,
      total: userIds.length,
    },
    told,
    askedAt,
  }
}
