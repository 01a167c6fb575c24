import 'server-only'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Context } from '@/lib/context'
import type { CallOptions, GroupType } from '@/lib/provider/port'
import { type AboveDto, aboveOf } from './above-rules'
import { groupWideStates } from './matrix-states'
import { isFor, needsRole, roleOf } from './mutes-above'
import type { MutePlace } from './place'
import { placeRef } from './read-account-places'
import { maxReadPlaces } from './rules'

/** How long roles are waited for, in ms. */
const rolePatienceMs = 3_000

/** What silences an account at a place; `isRead` false: mutes hold there of which nobody could tell whether they do. */
export type AboveAt = { above: AboveDto[]; isRead: boolean }

/**
 * What silences an account at these places of groups beside its own mutes there, as the database knows it now, by
 * `placeRef`. Where it takes the account's role it is asked for, in at most 30 groups and for 3 s.
 */
export async function aboveInGroups(
  context: Context,
  account: AccountKey,
  places: readonly (Pick<MutePlace, 'groupId' | 'topicId'> & { type: GroupType | null })[],
): Promise<Map<string, AboveAt>> {
  const { connection } = account
  const now = context.clock.now()
  const statesOf = await groupWideStates(context, connection, [
    ...new Set(places.map(({ groupId }) => groupId)),
  ])
  const found = places.flatMap((place) => {
    const above = aboveOf(statesOf(place.groupId, place.topicId), now)
    return above.length > 0 ? [{ place, above }] : []
  })
  const asked = new Map(
    found.flatMap(({ place, above }) =>
      needsRole(context, connection, above) ? [[place.groupId, place.type] as const] : [],
    ),
  )
  const options: CallOptions = { priority: 'interactive', signal: AbortSignal.timeout(rolePatienceMs) }
  const roles = new Map(
    await Promise.all(
      [...asked]
        .slice(0, maxReadPlaces)
        .map(
          async ([groupId, type]) =>
            [groupId, await roleOf(context, { ...account, groupId, type }, options)] as const,
        ),
    ),
  )
  return new Map(
    found.map(({ place, above }) => {
      const role = roles.get(place.groupId) ?? null
      return [
        placeRef(place),
        {
          above: above.filter((mute) => isFor(context, connection, mute, role)),
          isRead: role !== null || !above.some(({ scope }) => scope === 'roles'),
        },
      ]
    }),
  )
}
