import 'server-only'
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db'
import { accounts, cases, groups, moderators, muteCommands, muteStates } from '@/lib/db/schema'
import { inForce } from './ends'
import { fewCommands } from './few-commands'
import { endWindows, type LedgerCursor, type LedgerFilters, type MuteInForceDto } from './ledger-schemas'
import { endToleranceMs } from './rules'
import type { Until } from './schemas'
import { driftOfState } from './state-drift'

type Range = { after?: LedgerCursor | undefined; before?: LedgerCursor | undefined; limit: number }

/**
 * Up to `limit` mutes that hold at `now`, in the order of their ends: those next to the cursor. One of everybody that
 * could not be lifted at its end holds too. Of those changed outside also the ones that hold no more, at the ends that
 * the ledger has.
 */
export async function mutesInForce(
  db: Db,
  filters: LedgerFilters,
  range: Range,
  now: number,
): Promise<{ mute: MuteInForceDto; cursor: LedgerCursor }[]> {
  const few = await fewCommands(db, filters)
  if (few?.length === 0) return []
  const { drift } = filters
  const wish = { filters, range, few, now }
  const holding = () => query(db, muteStates.holdsUntil, gt(muteStates.holdsUntil, now), wish)
  const lifted = () => query(db, muteStates.until, isLifted(now), wish)
  const withHolding = (others: ReturnType<typeof holding>) => {
    const direction = range.before ? desc : asc
    return unionAll(holding(), others)
      .orderBy(...[sql`ends_at`, ...places].map((key) => direction(key)))
      .limit(range.limit)
  }
  const find = () => {
    if (drift === 'lifted_outside') return lifted()
    if (drift === 'only') return withHolding(lifted())
    return drift ? holding() : withHolding(query(db, muteStates.holdsUntil, isLate(now), wish))
  }
  const rows = await find()
  if (range.before) rows.reverse()
  return rows.flatMap(({ endsAt: until, state, nickname, groupName, actorName, requestedAt, ...why }) => {
    const { connection, userId, groupId, topicId, scope } = state
    if (until === null) return []
    const { category, text, bulkId, caseId, caseNumber } = why
    const ledgerUntil = inForce(state.until, now)
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
        version: state.version,
        until,
        ledgerUntil,
        // What was lifted elsewhere is listed as the ledger has it.
        roles: inForce(state.holdsUntil, now) === null ? state.roles : state.holdsRoles,
        ledgerRoles: ledgerUntil === null ? null : state.roles,
        drift: state.pendingCommandId === null ? driftOfState(state, now) : null,
        cause:
          // Of one that is late the end has passed.
          (ledgerUntil !== null || inForce(until, now) === null) && hasCause
            ? {
                actorName,
                requestedAt,
                reason: { category, text },
                bulkId,
                case: caseId !== null && caseNumber !== null ? { id: caseId, number: caseNumber } : null,
              }
            : null,
        checkedAt: state.observedAt,
      },
    }
  })
}

type End = typeof muteStates.holdsUntil | typeof muteStates.until
type Wish = { filters: LedgerFilters; range: Range; few: string[] | undefined; now: number }

/**
 * The mutes that fit, in the order of one of their two ends, as the indexes `mute_states_in_force` and `_lifted` have
 * them.
 */
function query(db: Db, end: End, isListed: SQL | undefined, { filters, range, few, now }: Wish) {
  const { after, before, limit } = range
  const keys = [end, ...places]
  const inOrder = sql.join(keys, sql`, `)
  const direction = before ? desc : asc
  return db
    .select({
      endsAt: sql<Until | null>`${end}`.mapWith(end).as('ends_at'),
      state: muteStates,
      nickname: accounts.nickname,
      groupName: sql<string | null>`${groups.name}`.as('group_name'),
      actorName: sql<string | null>`${moderators.name}`.as('actor_name'),
      requestedAt: muteCommands.requestedAt,
      category: muteCommands.reasonCategory,
      text: muteCommands.reasonText,
      bulkId: muteCommands.bulkId,
      caseId: sql<string | null>`${cases.id}`.as('case_id'),
      caseNumber: sql<number | null>`${cases.number}`.mapWith(cases.number).as('case_number'),
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
    .leftJoin(cases, eq(cases.id, muteCommands.caseId))
    .where(
      and(
        isListed,
        after && sql`(${inOrder}) > (${valuesOf(after, keys)})`,
        before && sql`(${inOrder}) < (${valuesOf(before, keys)})`,
        few && inArray(muteStates.commandId, few),
        ...conditions(filters, end, now),
      ),
    )
    .orderBy(...keys.map((key) => direction(key)))
    .limit(limit)
}

const places = [
  muteStates.connection,
  muteStates.userId,
  muteStates.groupId,
  muteStates.topicId,
  muteStates.scope,
] as const

function valuesOf(
  { until, connection, userId, groupId, topicId, scope }: LedgerCursor,
  keys: readonly (End | (typeof places)[number])[],
): SQL {
  const values = [until, connection, userId, groupId, topicId, scope]
  return sql.join(
    values.map((value, index) => sql`${sql.param(value, keys[index])}`),
    sql`, `,
  )
}

function conditions(
  { connection, scope, groupId, actorId, category, cause, ends, drift }: LedgerFilters,
  end: End,
  now: number,
): (SQL | undefined)[] {
  return [
    connection === undefined ? undefined : eq(muteStates.connection, connection),
    scope && eq(muteStates.scope, scope),
    groupId === undefined ? undefined : eq(muteStates.groupId, groupId),
    // The command behind a mute that is over says nothing of one that somebody set elsewhere since.
    actorId || category || cause ? or(gt(muteStates.until, now), isLate(now)) : undefined,
    actorId === undefined ? undefined : eq(muteCommands.actorId, actorId),
    category && eq(muteCommands.reasonCategory, category),
    cause === 'bulk' ? isNotNull(muteCommands.bulkId) : undefined,
    cause === 'case' ? isNotNull(muteCommands.caseId) : undefined,
    // What was taken over from outside has no command.
    cause === 'single'
      ? and(isNotNull(muteCommands.id), isNull(muteCommands.bulkId), isNull(muteCommands.caseId))
      : undefined,
    ends && endsWithin(end, endWindows[ends], now),
    drift && isDrifted(now),
    // Nothing holds by the ledger, or something with another end.
    drift === 'set_outside'
      ? sql`(${muteStates.until} is null or ${muteStates.until} <= ${atEnd(now)})`
      : undefined,
    drift === 'different_end'
      ? and(gt(muteStates.until, now), sql`${muteStates.until} is distinct from ${muteStates.holdsUntil}`)
      : undefined,
    drift === 'different_roles'
      ? sql`${muteStates.until} is not distinct from ${muteStates.holdsUntil}`
      : undefined,
  ]
}

function endsWithin(end: End, seconds: number | null, now: number): SQL {
  return seconds === null ? eq(end, 'forever') : lte(end, now + seconds * 1_000)
}

/** `driftOfState` in the database's words; the first line is that of the index `mute_states_drifted`. */
function isDrifted(now: number): SQL | undefined {
  return and(
    sql`(${muteStates.until} is distinct from ${muteStates.holdsUntil} or ${muteStates.roles} is distinct from ${muteStates.holdsRoles})`,
    isNull(muteStates.pendingCommandId),
    // Two ends that have all but come cannot be told apart.
    gt(sql`greatest(${muteStates.until}, ${muteStates.holdsUntil})`, atEnd(now + endToleranceMs)),
  )
}

/** `isOverdue` in the database's words, of the mutes that the console ends: the provider's word is the ledger's end. */
function isLate(now: number): SQL | undefined {
  return and(
    eq(muteStates.userId, ''),
    eq(muteStates.scope, 'everyone'),
    lte(muteStates.holdsUntil, now),
    eq(muteStates.until, muteStates.observedUntil),
    sql`(${muteStates.changedAt} is null or ${muteStates.changedAt} <= ${muteStates.observedAt})`,
    sql`${muteStates.observedAt} > ${muteStates.holdsUntil} + interval '${sql.raw(String(endToleranceMs))} ms'`,
  )
}

/** Held by the ledger's word alone; the first line is that of the index `mute_states_lifted`. */
function isLifted(now: number): SQL | undefined {
  return and(
    sql`${muteStates.until} is distinct from ${muteStates.holdsUntil}`,
    gt(muteStates.until, now),
    or(isNull(muteStates.holdsUntil), lte(muteStates.holdsUntil, now)),
  )
}

function atEnd(at: number): SQL {
  return sql`${sql.param(at, muteStates.holdsUntil)}`
}
