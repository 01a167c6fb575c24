import 'server-only'
import { and, asc, count, eq, gte, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db'
import { appeals, auditEvents, caseClaims, cases, decisions, moderators } from '@/lib/db/schema'
import { ageBands, type HealthDto, priorityBands, type Spread } from './health-rules'

// Written out and not as parameters: only so do the planners see that the index `cases_open` holds these.
const isOpen = sql`${cases.status} in ('new', 'triaged', 'claimed', 'waiting', 'reopened', 'appealed')`
/** One that was brought back has not waited since its first report. */
const waitsSince = sql<number>`coalesce(${cases.reopenedAt}, ${cases.openedAt})`.mapWith(cases.openedAt)

/** How many cases are open, by how urgent they are and how long they have waited at `now`; epoch ms. */
export async function countBacklog(db: Db, now: number): Promise<HealthDto['backlog']> {
  const at = sql`${sql.param(now, cases.openedAt)}::timestamptz`
  const age = sql`extract(epoch from ${at} - ${waitsSince})::float8`
  const isOverdue = sql`${cases.dueAt} < ${at}`
  const rows = await db
    .select({
      priority: bucketOf(sql`${cases.priority}::float8`, priorityBounds),
      age: bucketOf(age, ageBounds),
      open: count(),
      overdue: sql<number>`(count(*) filter (where ${isOverdue}))::int`,
    })
    .from(cases)
    .where(isOpen)
    .groupBy(sql`1, 2`)
  const [oldest] = await db
    .select({ id: cases.id, number: cases.number, since: waitsSince })
    .from(cases)
    .where(isOpen)
    .orderBy(asc(waitsSince), asc(cases.number))
    .limit(1)
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
  const countIn = (priority: number) => (age: number) =>
    rows.find((row) => row.priority === priority && row.age === age)?.open ?? 0
  const byAge = (open: (age: number) => number) => ({
    hour: open(0),
    day: open(1),
    week: open(2),
    older: open(3),
  })
  return {
    open: sum(({ open }) => open),
    overdue: sum(({ overdue }) => overdue),
    oldest: oldest ?? null,
    counts: {
      low: byAge(countIn(0)),
      middle: byAge(countIn(1)),
      high: byAge(countIn(2)),
      jump: byAge(countIn(3)),
    },
  }
}

const priorityBounds = priorityBands.map(({ from }) => from).filter((from) => from > 0)
const ageBounds = ageBands.map(({ below }) => below).filter(Number.isFinite)

/** How many of the bounds a value has reached. */
function bucketOf(value: SQL, bounds: readonly number[]): SQL<number> {
  const sorted = [...bounds].sort((a, b) => a - b)
  return sql<number>`width_bucket(${value}, array[${sql.raw(sorted.join(', '))}]::float8[])`
}

/** How long cases waited from their first report to that instant, of those where it was since `from`; epoch ms. */
export async function spreadOf(
  db: Db,
  instant: typeof cases.firstClaimedAt | typeof cases.firstClosedAt,
  from: number,
): Promise<Spread> {
  const waited = sql`${instant} - ${cases.openedAt}`
  const [row] = await db
    .select({ cases: count(), median: percentile(0.5, waited), p90: percentile(0.9, waited) })
    .from(cases)
    .where(gte(instant, from))
  return row ?? { cases: 0, median: null, p90: null }
}

function percentile(share: 0.5 | 0.9, of: SQL): SQL<number | null> {
  return secondsOf(sql`percentile_cont(${sql.raw(String(share))}) within group (order by ${of})`)
}

/** In whole seconds: of a result and not of each row, where it would take longer than the rest. */
function secondsOf(interval: SQL): SQL<number> {
  return sql`round(extract(epoch from ${interval}))::float8`
}

/** What became of the decisions that were made since `from` and carried out; epoch ms. */
export async function countDecisions(db: Db, from: number): Promise<HealthDto['decided']> {
  const appealed = db
    .select({
      decisionId: appeals.decisionId,
      isLifted: sql<boolean>`bool_or(${appeals.status} = 'lifted')`.as('is_lifted'),
    })
    .from(appeals)
    // None comes before the decision that it is against.
    .where(gte(appeals.receivedAt, from))
    .groupBy(appeals.decisionId)
    .as('appealed')
  const isUndone = sql`${decisions.status} = 'undone'`
  // A lifted appeal takes the decisions on further cases of the account back that stand by the same mute.
  const isLiftedWith = sql`exists (select from ${cases} own
    join ${cases} theirs on theirs.connection = own.connection and theirs.accused_id = own.accused_id
    join ${decisions} sibling on sibling.case_id = theirs.id
    join ${appeals} answer on answer.case_id = theirs.id and answer.decision_id = sibling.id
    where own.id = ${decisions.caseId} and answer.status = 'lifted'
      and sibling.command_ids && ${decisions.commandIds})`
  const [row] = await db
    .select({
      decisions: count(),
      reopened: countWhere(sql`${isUndone} or ${appealed.decisionId} is not null`),
      undone: countWhere(sql`${isUndone} and ${appealed.isLifted} is not true and not ${isLiftedWith}`),
      overridden: countWhere(sql`${decisions.overrideReason} is not null`),
      badFaith: countWhere(sql`${decisions.verdict} = 'bad_faith'`),
    })
    .from(decisions)
    .leftJoin(appealed, eq(appealed.decisionId, decisions.id))
    .where(and(gte(decisions.decidedAt, from), inArray(decisions.status, ['applied', 'undone'])))
  return row ?? { decisions: 0, reopened: 0, undone: 0, overridden: 0, badFaith: 0 }
}

function countWhere(condition: SQL): SQL<number> {
  return sql<number>`(count(*) filter (where ${condition}))::int`
}

/** Appeals that were answered since `from`, by whoever had decided; epoch ms. */
export async function countAppeals(db: Db, from: number) {
  return db
    .select({
      id: moderators.id,
      name: moderators.name,
      answered: count(),
      changed: countWhere(sql`${appeals.status} in ('shortened', 'lifted')`),
    })
    .from(appeals)
    .innerJoin(decisions, eq(decisions.id, appeals.decisionId))
    .innerJoin(moderators, eq(moderators.id, decisions.actorId))
    .where(gte(appeals.answeredAt, from))
    .groupBy(moderators.id, moderators.name)
}

/** For how long each had cases in hand, of the claims that began since `from`, up to `now`; epoch ms. */
export async function sumClaims(db: Db, from: number, now: number) {
  const lapses = sql`(select ${cases.claimUntil} from ${cases} where ${cases.claimToken} = ${caseClaims.id} and ${cases.id} = ${caseClaims.caseId})`
  const at = sql`${sql.param(now, cases.openedAt)}::timestamptz`
  const end = sql`case when ${caseClaims.endedAt} is null then least(${at}, ${lapses}) else ${caseClaims.endedAt} end`
  const held = db
    .select({
      moderatorId: caseClaims.moderatorId,
      seconds: secondsOf(sql`sum(${end} - ${caseClaims.claimedAt})`).as('seconds'),
    })
    .from(caseClaims)
    .where(gte(caseClaims.claimedAt, from))
    .groupBy(caseClaims.moderatorId)
    .as('held')
  return db
    .select({ id: moderators.id, name: moderators.name, seconds: held.seconds })
    .from(held)
    .innerJoin(moderators, eq(moderators.id, held.moderatorId))
}

/** What the audit has since `from` of writes that came too late, of cases closed for bad faith, and skipped; epoch ms. */
export async function countEvents(db: Db, from: number) {
  const first = sql`(select ${auditEvents.seq} from ${auditEvents} where ${gte(auditEvents.at, from)} order by ${auditEvents.at}, ${auditEvents.seq} limit 1)`
  const since = gte(auditEvents.seq, first)
  const code = field(auditEvents.data, 'code')
  const [refused] = await db
    .select({
      changed: countWhere(sql`${code} = 'CASE_CHANGED'`),
      claimed: countWhere(sql`${code} = 'CASE_CLAIMED'`),
      // A claim that a tab left open could not prolong is no collision.
      lost: countWhere(
        sql`${code} = 'CLAIM_LOST' and ${field(auditEvents.data, 'action')} <> 'reports.renew-claim'`,
      ),
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.type, 'action.refused'), since))
  const [swept] = await db
    .select({ cases: sql<number>`coalesce(sum((${field(auditEvents.data, 'cases')})::int), 0)::int` })
    .from(auditEvents)
    .where(and(eq(auditEvents.type, 'report.swept'), since))
  const skipped = await db.$count(auditEvents, and(eq(auditEvents.type, 'case.skipped'), since))
  return { collisions: refused ?? { changed: 0, claimed: 0, lost: 0 }, swept: swept?.cases ?? 0, skipped }
}

function field(json: PgColumn, name: string): SQL {
  return sql`${json} ->> ${sql.raw(`'${name}'`)}`
}
