import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { groups } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { errorFields, log } from '@/lib/log'
import { ProviderError } from '@/lib/provider/errors'
import { type Capabilities, groupTypes } from '@/lib/provider/port'
import { toldOf } from './observe'
import { observeQuietly } from './observe-quietly'
import { keepsEnds, placeOf } from './place'
import { readSubject } from './read-subject'
import { beginSearchRound, type SearchRound } from './search-round'
import { roundMs, takeRound } from './take-round'
import { type UnsearchedGroup, unsearchedGroups } from './unsearched-groups'

/** Groups that a round looks into at most in a connection; 72 000 a day. */
export const searchesPerRound = 50
/** Calls that a round makes at most in a connection, beside those of comparing the ledger; 144 000 a day. */
export const searchCallsPerRound = 100
/**
 * Topics of a community whose members are asked about in a round; of a larger one the next ones have their turn a day
 * later.
 */
export const topicsPerSearch = 20
const dayMs = 86_400_000

/**
 * Finds the mutes of members that were set elsewhere, where the provider tells them group by group (Tencent), and those
 * of a community's topics: looks into each group of the directory once a day, some a minute and behind the calls of
 * moderators; of several instances one at a time has a connection. Where a member's mute changed lately
 * `reconcileDueMutes` asks about all members every few minutes. What is found is drift, for a person to decide. A
 * group counts as looked into when its calls were made, also if they failed; a killed process loses nothing. Returns
 * how many groups were looked into.
 */
export async function findMutedMembers(context: Context): Promise<number> {
  const counts = await Promise.all(
    context.connections.map(({ key }) =>
      findIn(context, key).catch((error: unknown) => {
        log.error({ connection: key, ...errorFields(error) }, 'finding the muted members of groups')
        return 0
      }),
    ),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

async function findIn(context: Context, connection: string): Promise<number> {
  const { db } = context
  const { capabilities } = context.provider(connection)
  const types = groupTypes.filter((type) => hasToTell(capabilities, type))
  if (types.length === 0 || !(await takeRound(db, connection, 'find'))) return 0
  const round = beginSearchRound(searchCallsPerRound, {
    priority: 'bulk',
    signal: AbortSignal.timeout(roundMs),
  })
  let searched = 0
  for (const group of await unsearchedGroups(db, connection, types, searchesPerRound)) {
    const mostCalls = capabilities.groups[group.type]?.hasTopics ? 3 + topicsPerSearch : 1
    if (!round.hasRoomFor(mostCalls)) break
    try {
      await search(context, connection, group, round)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      break
    }
    await db
      .update(groups)
      .set({ searchedAt: databaseNow })
      .where(and(eq(groups.connection, connection), eq(groups.groupId, group.groupId)))
    searched += 1
  }
  const [first] = round.failures
  if (first) {
    const facts = { connection, failed: round.failures.length, groupId: first.groupId }
    log.warn({ ...facts, ...errorFields(first.error) }, 'looking for muted members in groups')
  }
  return searched
}

/** Whether a call about one group of a type tells what no listing does. */
function hasToTell({ groups: can }: Capabilities, type: UnsearchedGroup['type']): boolean {
  return Boolean(can[type]?.memberMute?.isReadable || can[type]?.hasTopics)
}

async function search(
  context: Context,
  connection: string,
  { groupId, type }: UnsearchedGroup,
  round: SearchRound,
): Promise<void> {
  const provider = context.provider(connection)
  const can = provider.capabilities.groups[type]
  const readMembers = async (topicId = '') => {
    if (!can?.memberMute?.isReadable) return
    const subject = { place: placeOf({ connection, groupId, topicId }), isOfMembers: true }
    await round.attempt(groupId, (options) => readSubject(context, subject, options))
  }
  await readMembers()
  if (!can?.hasTopics) return
  // A community can be one without topics, of which the provider refuses to list any.
  const infos = await round.attempt(groupId, (options) => provider.getGroups([groupId], options))
  if (infos?.get(groupId)?.hasTopics === false) return
  const askedAt = context.clock.now()
  const topics = await round.attempt(groupId, (options) => provider.listTopics(groupId, options))
  if (!topics) return
  await observeQuietly(context.db, {
    connection,
    askedAt,
    keepsNoEnd: !keepsEnds(provider.capabilities),
    observed: topics.flatMap(({ topicId, everyone }) =>
      everyone === undefined
        ? []
        : toldOf(placeOf({ connection, groupId, topicId }), { until: { everyone } }),
    ),
  })
  for (const { topicId } of inTurn(topics, Math.floor(askedAt / dayMs))) await readMembers(topicId)
}

/** So many of a list, day by day the next ones. */
function inTurn<Item>(items: readonly Item[], day: number): Item[] {
  if (items.length <= topicsPerSearch) return [...items]
  const start = (day * topicsPerSearch) % items.length
  return [...items, ...items].slice(start, start + topicsPerSearch)
}
