import 'server-only'
import { and, asc, desc, eq, gt, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { accounts, groups, moderators, muteCommands, muteStates } from '@/lib/db/schema'
import { inForce } from './ends'
import { endWindows, type LedgerCursor, type LedgerFilters, type MuteInForceDto } from './ledger-schemas'
import { endToleranceMs } from './rules'
import { driftOfState } from './state-drift'

type Range = { after?: LedgerCursor | undefined; before?: LedgerCursor | undefined; limit: number }

/** Up to `limit` mutes that hold at `now`, in the order of their ends: those next to the cursor. */
export async function mutesInForce(
  db: Db,
  filters: LedgerFilters,
  { after, before, limit }: Range,
  now: number,
): Promise<{ mute: MuteInForceDto; cursor: LedgerCursor }[]> {
  const few = await fewCommands(db, filters)
  if (few?.length === 0) return []
  const direction = before ? desc : asc
  const rows = await db
    .select({
      state: muteStates,
      nickname: accounts.nickname,
      groupName: groups.name,
      actorName: moderators.name,
      requestedAt: muteCommands.requestedAt,
      category: muteCommands.reasonCategory,
      text: muteCommands.reasonText,
    })
    .from(muteStates)
    .leftJoin(muteCommands, eq(muteCommands.id, muteStates.commandId))
    .leftJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .leftJoin(
      accounts,
      and(eq(accounts.connection, muteStates.connection), eq(accounts.userId, muteStates.userId)),
    )
    .leftJoin(
      groups,
      and(eq(groups.connection, muteStates.connection), eq(groups.groupId, muteStates.groupId)),
    )
    .where(
      and(
        gt(muteStates.holdsUntil, now),
        after && sql`(${inOrder}) > (${valuesOf(after)})`,
        before && sql`(${inOrder}) < (${valuesOf(before)})`,
        few && inArray(muteStates.commandId, few),
        ...conditions(filters, now),
      ),
    )
    .orderBy(...keys.map((key) => direction(key)))
    .limit(limit)
  if (before) rows.reverse()
  return rows.flatMap(({ state, nickname, groupName, actorName, requestedAt, category, text }) => {
    const { connection, userId, groupId, topicId, scope, holdsUntil: until } = state
    if (until === null) return []
    const isLedgers = inForce(state.until, now) !== null
    const hasCause = actorName !== null && requestedAt !== null && category !== null && text !== null
    return {
      cursor: { until, connection, userId, groupId, topicId, scope },
      mute: {
        connection,
        userId,
        nickname,
        groupId: groupId || null,
        groupName,
        topicId: topicId || null,
        scope,
        until,
        roles: state.holdsRoles,
        drift: state.pendingCommandId === null ? driftOfState(state, now) : null,
        cause: isLedgers && hasCause ? { actorName, requestedAt, reason: { category, text } } : null,
        checkedAt: state.observedAt,
      },
    }
  })
}

/** As in the index `mute_states_in_force`, which the page is read from. */
const keys = [
  muteStates.holdsUntil,
  muteStates.connection,
  muteStates.userId,
  muteStates.groupId,
  muteStates.topicId,
  muteStates.scope,
] as const
const inOrder = sql.join([...keys], sql`, `)

function valuesOf({ until, connection, userId, groupId, topicId, scope }: LedgerCursor): SQL {
  const values = [until, connection, userId, groupId, topicId, scope]
  return sql.join(
    values.map((value, index) => sql`${sql.param(value, keys[index])}`),
    sql`, `,
  )
}

function conditions(
  { connection, scope, groupId, actorId, category, ends, drift }: LedgerFilters,
  now: number,
): (SQL | undefined)[] {
  return [
    connection === undefined ? undefined : eq(muteStates.connection, connection),
    scope && eq(muteStates.scope, scope),
    groupId === undefined ? undefined : eq(muteStates.groupId, groupId),
    // The command behind a mute that is over says nothing of one that somebody set elsewhere since.
    actorId || category ? gt(muteStates.until, now) : undefined,
    actorId === undefined ? undefined : eq(muteCommands.actorId, actorId),
    category && eq(muteCommands.reasonCategory, category),
    ends && endsWithin(endWindows[ends], now),
    drift && isDrifted(now),
  ]
}

/** Up to so many commands are named one by one. */
const manyCommands = 2_000

/**
 * The commands that an author or a category leaves, if they are few: a page is then read from them, and not by looking at
 * each mute's command in turn in the hope of meeting theirs. Of many, the next ones are met soon.
 */
async function fewCommands(db: Db, { actorId, category }: LedgerFilters): Promise<string[] | undefined> {
  if (actorId === undefined && category === undefined) return undefined
  const found = await db
    .select({ id: muteCommands.id })
    .from(muteCommands)
    .where(
      and(
        actorId === undefined ? undefined : eq(muteCommands.actorId, actorId),
        category && eq(muteCommands.reasonCategory, category),
      ),
    )
    .limit(manyCommands + 1)
  return found.length > manyCommands ? undefined : found.map(({ id }) => id)
}

function endsWithin(seconds: number | null, now: number): SQL {
  return seconds === null
    ? eq(muteStates.holdsUntil, 'forever')
    : lte(muteStates.holdsUntil, now + seconds * 1_000)
}

/** `driftOfState` in the database's words; the first line is that of the index `mute_states_drifted`. */
function isDrifted(now: number): SQL | undefined {
  return and(
    sql`(${muteStates.until} is distinct from ${muteStates.holdsUntil} or ${muteStates.roles} is distinct from ${muteStates.holdsRoles})`,
    isNull(muteStates.pendingCommandId),
    // Two ends that have all but come cannot be told apart.
    gt(
      sql`greatest(${muteStates.until}, ${muteStates.holdsUntil})`,
      sql.param(now + endToleranceMs, muteStates.holdsUntil),
    ),
  )
}
