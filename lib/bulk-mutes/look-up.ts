import 'server-only'
import { and, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { learnNicknames } from '@/lib/accounts/nicknames'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { currentUntil, observedOf, type StateRow } from '@/lib/mutes/internal'
import { observe, observeMembers } from '@/lib/mutes/observe'
import { placeOf, readPlace } from '@/lib/mutes/place'
import type { MuteScope } from '@/lib/mutes/schemas'
import type { CallOptions } from '@/lib/provider/port'
import { findProtectedAccounts } from '@/lib/settings/protected-accounts'
import type { Known } from './forecast'
import type { BulkRow } from './internal'

/** A reading that is younger than this is not made again, in seconds. */
const freshSeconds = 60
const atOnce = 16
/** How long a preview waits for names. */
const namesMs = 5_000

/**
 * Finds out what a preview has to know of its accounts, by id; all are missing where nobody can be muted. Reads the
 * provider, which feeds the ledger, so that a reading that was interrupted goes on where it stopped. Ends when `signal`
 * aborts. Throws `ProviderError`.
 */
export async function lookUpAccounts(
  context: Context,
  bulk: BulkRow,
  userIds: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Known>> {
  const options: CallOptions = { priority: 'bulk', signal }
  const [membership] = await Promise.all([
    bulk.groupId === ''
      ? readAccounts(context, bulk, userIds, options)
      : readMembers(context, bulk, userIds, options),
    // Nobody decides about five hundred bare ids.
    learnNicknames(context, bulk.connection, userIds, { ...options, signal: AbortSignal.timeout(namesMs) }),
  ])
  if (!membership) return new Map()
  const isThere = and(
    inArray(muteStates.userId, [...userIds]),
    eq(muteStates.groupId, bulk.groupId),
    eq(muteStates.topicId, bulk.topicId),
  )
  const [staff, states] = await Promise.all([
    findProtectedAccounts(context.db, bulk.connection),
    knownStatesBy('userId', context, bulk, isThere),
  ])
  return new Map(
    userIds.map((userId): [string, Known] => {
      const { exists = null, role = null } = membership.get(userId) ?? {}
      return [
        userId,
        { isProtected: staff.has(userId), exists, membership: role, states: states.get(userId) ?? {} },
      ]
    }),
  )
}

type Membership = { exists?: boolean | null; role?: Known['membership'] }

async function readAccounts(
  context: Context,
  { connection, scopes }: BulkRow,
  userIds: readonly string[],
  options: CallOptions,
): Promise<Map<string, Membership>> {
  const exists = await context.provider(connection).checkAccounts(userIds, options)
  const fresh = await freshlyRead(context, connection, userIds, scopes)
  const asked = userIds.filter((userId) => exists.get(userId) !== false && !fresh.has(userId)).values()
  const readInTurn = async () => {
    for (const userId of asked) {
      const place = placeOf({ connection, userId })
      await observe(context.db, place, await readPlace(context, place, options))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, readInTurn))
  return new Map(userIds.map((userId) => [userId, { exists: exists.get(userId) ?? null }]))
}

/** Whose mutes were read a moment ago, all of these scopes. */
async function freshlyRead(
  { db }: Context,
  connection: string,
  userIds: readonly string[],
  scopes: readonly MuteScope[],
): Promise<Set<string>> {
  const rows = await db
    .select({ userId: muteStates.userId })
    .from(muteStates)
    .where(
      and(
        eq(muteStates.connection, connection),
        inArray(muteStates.userId, [...userIds]),
        eq(muteStates.groupId, ''),
        inArray(muteStates.scope, [...scopes]),
        gt(muteStates.observedAt, sql`${databaseNow} - make_interval(secs => ${freshSeconds})`),
        or(isNull(muteStates.changedAt), lte(muteStates.changedAt, muteStates.observedAt)),
      ),
    )
  const byAccount = Map.groupBy(rows, ({ userId }) => userId)
  return new Set([...byAccount].flatMap(([userId, of]) => (of.length === scopes.length ? [userId] : [])))
}

/** Null: members cannot be muted there. */
async function readMembers(
  context: Context,
  { connection, groupId, topicId }: BulkRow,
  userIds: readonly string[],
  options: CallOptions,
): Promise<Map<string, Membership> | null> {
  const provider = context.provider(connection)
  const group = (await provider.getGroups([groupId], options)).get(groupId)
  const can = group && provider.capabilities.groups[group.type]
  if (!group || !can?.memberMute || (topicId !== '' && !can.hasTopics)) return null
  if (topicId !== '') {
    const topics = await provider.listTopics(groupId, options)
    if (!topics.some((topic) => topic.topicId === topicId)) return null
  }
  const askedAt = context.clock.now()
  const [members, exists, reading] = await Promise.all([
    can.canListMembers ? provider.getMembers({ groupId, type: group.type }, userIds, options) : null,
    can.canListMembers ? null : provider.checkAccounts(userIds, options),
    provider.readMemberMutes(topicId === '' ? { groupId } : { groupId, topicId }, options),
  ])
  if (reading) {
    const told = new Map(userIds.map((userId) => [userId, reading.until.get(userId) ?? null]))
    await observeMembers(context.db, placeOf({ connection, groupId, topicId }), askedAt, told)
  }
  return new Map(
    userIds.map((userId) => {
      const member = members?.get(userId)
      const role = members === null ? null : member ? { role: member.role } : 'none'
      return [userId, { role, exists: exists?.get(userId) ?? null }]
    }),
  )
}

/** What is known of a run's scopes at the places that `which` picks, by their accounts or by their groups. */
export async function knownStatesBy(
  key: 'userId' | 'groupId',
  { db, clock }: Context,
  { connection, scopes }: BulkRow,
  which: SQL | undefined,
): Promise<Map<string, Known['states']>> {
  const isOfRun = and(eq(muteStates.connection, connection), inArray(muteStates.scope, scopes))
  const rows = await db.select().from(muteStates).where(and(isOfRun, which))
  const now = clock.now()
  const byName = Map.groupBy(rows, (row) => row[key])
  return new Map([...byName].map(([name, states]) => [name, knownStates(states, now)]))
}

/** What the ledger and the provider's last word say at `now` of the scopes of one account at one place. */
function knownStates(states: readonly StateRow[], now: number): Known['states'] {
  return Object.fromEntries(
    states.map((state) => [
      state.scope,
      {
        until: currentUntil(state, now),
        version: state.version,
        isTold: observedOf(state) !== undefined,
        isPending: state.pendingCommandId !== null,
      },
    ]),
  )
}
