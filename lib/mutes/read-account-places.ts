import 'server-only'
import { and, eq, isNotNull, ne, or } from 'drizzle-orm'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import type { CallOptions, Capabilities, GroupTopic, GroupType } from '@/lib/provider/port'
import { failureOf } from './internal'
import { observeMembers } from './observe'
import { type MutePlace, placeOf, readPlace } from './place'
import { maxAccountGroups, maxReadPlaces } from './rules'

/** How long a list waits for what is read beside it, in ms; what comes later is as last known. */
const readPatienceMs = 3_000

/** The groups and topics where an account has a mute, or a change on its way, as the database knows it. */
export async function mutedPlaces({ db }: Context, account: AccountKey): Promise<MutePlace[]> {
  const rows = await db
    .select({ groupId: muteStates.groupId, topicId: muteStates.topicId })
    .from(muteStates)
    .where(
      and(
        eq(muteStates.connection, account.connection),
        eq(muteStates.userId, account.userId),
        ne(muteStates.groupId, ''),
        or(isNotNull(muteStates.holdsUntil), isNotNull(muteStates.pendingCommandId)),
      ),
    )
    .orderBy(muteStates.groupId, muteStates.topicId)
    .limit(maxAccountGroups)
  return rows.map((row) => placeOf({ ...account, ...row }))
}

/** Whether the provider tells of mutes of members in groups of a type; null: there are none in that type. */
export function isTold({ groups }: Capabilities, type: GroupType | null): boolean | null {
  if (type === null) return Object.values(groups).some(({ memberMute }) => memberMute?.isReadable)
  return groups[type]?.memberMute?.isReadable ?? null
}

/**
 * The topics of those of these groups that have any, by group id, a call for each of at most 30; null: they could not
 * be listed within 3 s.
 */
export async function listTopicsOf(
  context: Context,
  connection: string,
  groups: readonly { groupId: string; type: GroupType | null }[],
): Promise<Map<string, readonly GroupTopic[] | null>> {
  const provider = context.provider(connection)
  const having = groups.filter(({ type }) => type && provider.capabilities.groups[type]?.hasTopics)
  const options: CallOptions = { priority: 'interactive', signal: AbortSignal.timeout(readPatienceMs) }
  const listed = having.map(async ({ groupId }, index) => {
    if (index >= maxReadPlaces) return [groupId, null] as const
    const topics = await provider.listTopics(groupId, options).catch(failureOf)
    return [groupId, Array.isArray(topics) ? topics : null] as const
  })
  return new Map(await Promise.all(listed))
}

/**
 * Reads an account's mutes at the first of these places, a call each and all at once, and writes them down. Gives when
 * each was asked (epoch ms, this server's clock), by `placeRef`; those that did not answer within 3 s are missing.
 */
export async function readAccountPlaces(
  context: Context,
  places: readonly MutePlace[],
): Promise<Map<string, number>> {
  const options: CallOptions = { priority: 'interactive', signal: AbortSignal.timeout(readPatienceMs) }
  const readAt = new Map<string, number>()
  await Promise.all(
    places.slice(0, maxReadPlaces).map(async (place) => {
      const reading = await readPlace(context, place, options).catch(failureOf)
      if (!('until' in reading)) return
      const until = place.topicId === '' ? reading.until.group : reading.until.topic
      if (until === undefined) return
      await observeMembers(context.db, place, reading.askedAt, new Map([[place.userId, until]]))
      readAt.set(placeRef(place), reading.askedAt)
    }),
  )
  return readAt
}

/** The name of a group or topic within a connection; ids may hold anything printable, so a line break parts them. */
export function placeRef({ groupId, topicId }: Pick<MutePlace, 'groupId' | 'topicId'>): string {
  return `${groupId}\n${topicId}`
}
