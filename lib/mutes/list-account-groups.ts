import 'server-only'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { groupNamesOf } from '@/lib/groups/recall'
import type { Capabilities } from '@/lib/provider/port'
import { aboveInGroups } from './above-in-groups'
import { failureOf } from './internal'
import type { AccountGroupDto, AccountGroupsDto } from './joined-schemas'
import { groupStates } from './matrix-states'
import { type MutePlace, placeOf } from './place'
import { isTold, listTopicsOf, mutedPlaces, placeRef, readAccountPlaces } from './read-account-places'
import { readGroupsAbove } from './read-groups-above'
import { readJoinedGroups } from './read-joined-groups'

/**
 * The groups that an account is in now, by the provider, at most 500, with its mute in each: those where it is muted
 * first, otherwise in the provider's order. Beside them its mutes in topics and in groups that the provider does not
 * list for it. The mutes of at most 30 places, known ones first, are read at the provider where it tells of them;
 * elsewhere the ledger and what was read last say. So they do of the mutes of everybody and of roles that
 * `readGroupsAbove` does not read. When the provider does not answer, it tells why. Throws `FORBIDDEN` and
 * `UNKNOWN_CONNECTION`.
 */
export async function listAccountGroups(
  context: Context,
  actor: Actor,
  account: AccountKey,
): Promise<AccountGroupsDto> {
  requirePermission(actor, 'accounts:read')
  const { capabilities } = context.provider(account.connection)
  const [answer, muted] = await Promise.all([
    readJoinedGroups(context, account).catch(failureOf),
    mutedPlaces(context, account),
  ])
  const failure = 'joined' in answer ? null : answer
  const { joined, hasMore } = 'joined' in answer ? answer : { joined: [], hasMore: false }
  const askedAt = context.clock.now()
  const topics = await listTopicsOf(context, account.connection, joined)
  const joinedBy = new Map(joined.map((group) => [group.groupId, group]))
  const listed = joined.map(({ groupId }) => placeOf({ ...account, groupId }))
  const inTopics = joined.flatMap(({ groupId }) =>
    (topics.get(groupId) ?? []).map(({ topicId }) => placeOf({ ...account, groupId, topicId })),
  )
  const places = new Map([...muted, ...listed, ...inTopics].map((place) => [placeRef(place), place]))
  const readable = [...places.values()].filter(({ groupId }) =>
    isTold(capabilities, joinedBy.get(groupId)?.type ?? null),
  )
  // Whom the list could not be asked of need not be asked thirty times more.
  const [readAt] = await Promise.all([
    readAccountPlaces(context, failure ? [] : readable),
    failure === null &&
      readGroupsAbove(
        context,
        account.connection,
        [...new Set([...places.values()].map(({ groupId }) => groupId))],
        {
          topics,
          askedAt,
        },
      ),
  ])
  const [stateOf, aboveAt, names] = await Promise.all([
    groupStates(context, account),
    aboveInGroups(
      context,
      account,
      [...places.values()].map((place) => ({ ...place, type: joinedBy.get(place.groupId)?.type ?? null })),
    ),
    groupNamesOf(
      context.db,
      account.connection,
      muted.map(({ groupId }) => groupId),
    ),
  ])

  function toDto(place: MutePlace): AccountGroupDto {
    const { groupId, topicId } = place
    const group = joinedBy.get(groupId)
    const type = group?.type ?? null
    const told = isTold(capabilities, type)
    const held = aboveAt.get(placeRef(place))
    const askedAt = readAt.get(placeRef(place)) ?? null
    const state = stateOf(groupId, topicId)
    const topic = topics.get(groupId)?.find((known) => known.topicId === topicId)
    return {
      groupId,
      topicId: topicId || null,
      type,
      name: topic?.name ?? group?.name ?? names.get(groupId) ?? null,
      // Of those who were never muted the ledger says nothing; that the provider was asked counts.
      state:
        told === false ? { ...state, isUntold: true } : { ...state, checkedAt: state.checkedAt ?? askedAt },
      above: held?.above ?? [],
      isRead:
        held?.isRead !== false &&
        (told === null || (askedAt !== null && (topicId !== '' || areTopicsRead(place)))),
    }
  }

  /** A group stands for those of its topics that have no line of their own. */
  function areTopicsRead({ groupId }: MutePlace): boolean {
    const known = topics.get(groupId)
    if (known === null) return false
    return (known ?? []).every(({ topicId }) => readAt.has(placeRef({ groupId, topicId })))
  }

  const groups = listed.map(toDto)
  const isListed = new Set(listed.map(placeRef))
  return {
    groups: [...groups.filter((group) => !isQuiet(group)), ...groups.filter(isQuiet)],
    others: [...places.values()]
      .filter((place) => !isListed.has(placeRef(place)))
      .map(toDto)
      .filter((other) => !isQuiet(other)),
    hasMore,
    maxSeconds: leastHeld(capabilities),
    failure,
    serverNow: context.clock.now(),
  }
}

function leastHeld({ groups }: Capabilities): number | null {
  const held = Object.values(groups).flatMap(({ memberMute }) => memberMute?.maxSeconds ?? [])
  return held.length > 0 ? Math.min(...held) : null
}

function isQuiet({ state, above }: AccountGroupDto): boolean {
  return above.length === 0 && state.until === null && !state.pending && !state.drift
}
