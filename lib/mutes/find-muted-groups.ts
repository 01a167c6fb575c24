import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { errorFields, log } from '@/lib/log'
import { ProviderError } from '@/lib/provider/errors'
import type { CallOptions, MutedGroup } from '@/lib/provider/port'
import { inForce } from './ends'
import { observe } from './observe'
import { type Ends, placeOf, readPlace } from './place'
import { freshAgainSeconds } from './reconcile-subjects'

/** Pages of the provider's list that one round reads at most; ZEGO's have 10 000 groups each. */
const pagesPerRound = 10
/** Groups that a round reads at most in a connection, a call each. */
export const groupsPerRound = 20
const roundMs = 50_000
/** When a group refused to be read, epoch ms: for a while it does not take the turn of the others. */
const refusedAt = new Map<string, number>()
/** Groups that are looked up in the ledger in one statement. */
const groupsAtOnce = 1_000

/**
 * Finds the mutes of everybody and of roles that were set elsewhere, where the provider lists the groups that have any
 * (ZEGO): reads those of which the ledger does not say so and writes down what holds. Of members' mutes that list tells
 * neither whose they are nor until when. Returns how many groups were read; the rest comes with the next rounds.
 */
export async function findMutedGroups(context: Context): Promise<number> {
  const counts = await Promise.all(
    context.connections.map(({ key }) =>
      findIn(context, key).catch((error: unknown) => {
        // One that does not answer is asked again by the next round.
        if (!(error instanceof ProviderError))
          log.error({ connection: key, ...errorFields(error) }, 'finding the muted groups of a provider')
        return 0
      }),
    ),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

async function findIn(context: Context, connection: string): Promise<number> {
  const { listMutedGroups } = context.provider(connection)
  if (!listMutedGroups) return 0
  const options: CallOptions = { priority: 'bulk', signal: AbortSignal.timeout(roundMs) }
  const unknown: string[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < pagesPerRound && unknown.length < groupsPerRound; pages += 1) {
    const page: Awaited<ReturnType<typeof listMutedGroups>> = await listMutedGroups(cursor, options)
    for (let start = 0; start < page.items.length; start += groupsAtOnce)
      unknown.push(...(await unknownOf(context, connection, page.items.slice(start, start + groupsAtOnce))))
    cursor = page.next
    if (cursor === null) break
  }
  let read = 0
  for (const groupId of unknown.slice(0, groupsPerRound)) {
    const place = placeOf({ connection, groupId })
    const askedAt = context.clock.now()
    const reading = await readPlace(context, place, options).catch(unlessGone)
    // A group that is listed and holds nothing, or is gone, leaves a trace: it is not to be read in each round.
    if (reading) await observe(context.db, place, { ...reading, askedAt })
    else refusedAt.set(`${connection}\n${groupId}`, askedAt)
    read += 1
  }
  return read
}

const nothing: Ends = { until: { everyone: null, roles: null } }

/** About one group: the others can be asked for all the same. Null: nothing is known of it. */
function unlessGone(error: unknown): Ends | null {
  if (error instanceof AppError && error.code === 'GROUP_NOT_FOUND') return nothing
  if (error instanceof ProviderError && error.kind === 'refused' && !error.options.retryable) return null
  throw error
}

/** Those in which the list says that everybody or roles are muted, and the ledger does not, nor was it just read. */
async function unknownOf(
  { db, clock }: Context,
  connection: string,
  listed: readonly MutedGroup[],
): Promise<string[]> {
  const now = clock.now()
  const freshFrom = now - freshAgainSeconds * 1_000
  for (const [group, at] of refusedAt) if (at <= freshFrom) refusedAt.delete(group)
  const groups = listed.filter(
    ({ groupId, everyone, roles }) => (everyone || roles) && !refusedAt.has(`${connection}\n${groupId}`),
  )
  if (groups.length === 0) return []
  const rows = await db
    .select()
    .from(muteStates)
    .where(
      and(
        eq(muteStates.connection, connection),
        eq(muteStates.userId, ''),
        eq(muteStates.topicId, ''),
        inArray(
          muteStates.groupId,
          groups.map(({ groupId }) => groupId),
        ),
      ),
    )
  const told = new Set(
    rows.flatMap(({ groupId, scope, holdsUntil, observedAt }) =>
      inForce(holdsUntil, now) !== null || (observedAt ?? 0) > freshFrom ? [`${scope}\n${groupId}`] : [],
    ),
  )
  return groups.flatMap(({ groupId, everyone, roles }) =>
    (everyone && !told.has(`everyone\n${groupId}`)) || (roles && !told.has(`roles\n${groupId}`))
      ? [groupId]
      : [],
  )
}
