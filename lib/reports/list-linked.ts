import 'server-only'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { linkedWith } from '@/lib/accounts/linked'
import { mayUnlink } from '@/lib/accounts/may-unlink'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { recordsOf } from '@/lib/db/rows'
import { accounts, cases, muteStates, reports } from '@/lib/db/schema'
import { accountRef, muteScopes } from '@/lib/mutes/rules'
import type { Until } from '@/lib/mutes/schemas'
import type { CaseRow } from './change-case'
import type { LinkedAccountDto, LinkedAccountsDto, LinkedWithAccusedDto } from './linked-dtos'
import { openCaseStatuses } from './rules'

/** So many open cases of each account are named. */
const namedCases = 3

/**
 * The accounts that moderators have said are the same person's, with what is known here of each: its mutes in force and
 * its open cases. No provider is asked. Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`.
 */
export async function listLinkedAccounts(
  context: Context,
  actor: Actor,
  account: AccountKey,
): Promise<LinkedAccountsDto> {
  requirePermission(actor, 'reports:read')
  context.provider(account.connection)
  const now = context.clock.now()
  return { linked: await describeLinked(context.db, account, actor, now), serverNow: now }
}

/** The same of the accused of a case, with which of them reported it there; those first. */
export async function linkedWithAccused(
  db: Db,
  { id, connection, accusedId }: Pick<CaseRow, 'id' | 'connection' | 'accusedId'>,
  me: Pick<Actor, 'id' | 'role'>,
  now: number,
): Promise<LinkedWithAccusedDto[]> {
  const linked = await describeLinked(db, { connection, userId: accusedId }, me, now)
  const here = linked.flatMap((one) => (one.connection === connection ? one.userId : []))
  if (here.length === 0) return linked.map((one) => ({ ...one, isReporter: false }))
  const found = await db
    .selectDistinct({ userId: reports.reporterId })
    .from(reports)
    .where(and(eq(reports.caseId, id), inArray(reports.reporterId, here)))
  const reporters = new Set(found.map(({ userId }) => userId))
  return linked
    .map((one) => ({ ...one, isReporter: one.connection === connection && reporters.has(one.userId) }))
    .sort((a, b) => Number(b.isReporter) - Number(a.isReporter))
}

async function describeLinked(
  db: Db,
  account: AccountKey,
  me: Pick<Actor, 'id' | 'role'>,
  now: number,
): Promise<LinkedAccountDto[]> {
  const reached = await linkedWith(db, account)
  if (reached.length === 0) return []
  const asked = recordsOf('asked', { connection: accounts.connection, userId: accounts.userId }, reached)
  const isAsked = (table: typeof accounts | typeof muteStates) =>
    sql`(${table.connection}, ${table.userId}) in (select connection, user_id from ${asked})`
  const [names, mutes, open] = await Promise.all([
    db
      .select({
        connection: accounts.connection,
        userId: accounts.userId,
        nickname: accounts.nickname,
      })
      .from(accounts)
      .where(isAsked(accounts)),
    db
      .select({
        connection: muteStates.connection,
        userId: muteStates.userId,
        scope: muteStates.scope,
        count: sql<number>`count(*)::int`,
        until: sql<Until>`max(${muteStates.holdsUntil})`.mapWith(muteStates.holdsUntil),
      })
      .from(muteStates)
      .where(and(isAsked(muteStates), gt(muteStates.holdsUntil, now)))
      .groupBy(muteStates.connection, muteStates.userId, muteStates.scope),
    openCasesOf(db, reached),
  ])
  const of = <Row extends AccountKey>(rows: readonly Row[], key: AccountKey) =>
    rows.filter((row) => accountRef(row) === accountRef(key))
  return reached.flatMap(({ connection, userId, through, way }) => {
    const key = { connection, userId }
    const last = way.at(-1)
    if (!last) return []
    const { id, reason, by, byId, linkedAt } = last
    const found = of(open, key)
    return {
      ...key,
      nickname: of(names, key)[0]?.nickname ?? null,
      through,
      link: { id, reason, by, linkedAt, canRemove: through === null && mayUnlink(me, byId) },
      says: [...new Set(way.map((link) => link.by))],
      mutes: of(mutes, key)
        .map(({ scope, count, until }) => ({ scope, count, until }))
        .sort((a, b) => muteScopes.indexOf(a.scope) - muteScopes.indexOf(b.scope)),
      cases: found.slice(0, namedCases).map(({ id: caseId, number }) => ({ id: caseId, number })),
      openCases: found[0]?.count ?? 0,
    }
  })
}

/** The newest open cases on each of these accounts, and how many it has. */
function openCasesOf(db: Db, asked: readonly AccountKey[]) {
  const newest = db
    .select({
      id: cases.id,
      number: cases.number,
      connection: cases.connection,
      userId: sql<string>`${cases.accusedId}`.as('accused'),
      count: sql<number>`(count(*) over (partition by ${cases.connection}, ${cases.accusedId}))::int`.as(
        'of',
      ),
      place: sql<number>`row_number() over (
        partition by ${cases.connection}, ${cases.accusedId} order by ${cases.openedAt} desc, ${cases.id})`.as(
        'place',
      ),
    })
    .from(cases)
    .innerJoin(
      recordsOf(
        'asked',
        { connection: cases.connection, accusedId: cases.accusedId },
        asked.map(({ connection, userId: accusedId }) => ({ connection, accusedId })),
      ),
      sql`asked.connection = ${cases.connection} and asked.accused_id = ${cases.accusedId}`,
    )
    .where(inArray(cases.status, [...openCaseStatuses]))
    .as('newest')
  return db.select().from(newest).where(sql`${newest.place} <= ${namedCases}`).orderBy(newest.place)
}
