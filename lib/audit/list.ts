import 'server-only'
import { desc, inArray, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Db } from '@/lib/db'
import { auditEvents } from '@/lib/db/schema'
import type { AuditOutcome, AuditType } from './events'
import { auditTypes, outcomeOf, outcomesOf } from './outcomes'
import { type AuditEntry, type AuditPage, auditPageSize, type ListAuditInput } from './schemas'

/** One more than is shown: whether there is a further page. */
const wanted = auditPageSize + 1
/** Beyond every event. */
const never = sql`9223372036854775807::bigint`

/** A page of the audit, newest first, 50 events. Throws `AppError('FORBIDDEN')`. */
export async function listAudit(db: Db, actor: Actor, input: ListAuditInput): Promise<AuditPage> {
  requirePermission(actor, 'audit:read')
  const rows = await db
    .select()
    .from(auditEvents)
    .where(inArray(auditEvents.seq, pageOf(input)))
    .orderBy(desc(auditEvents.seq))
  const events = rows.slice(0, auditPageSize).map(toEntry)
  const hasMore = rows.length > auditPageSize
  return { events, next: hasMore ? (events.at(-1)?.seq ?? null) : null }
}

/** The `seq` of the page's events and of one more. */
function pageOf(input: ListAuditInput): SQL {
  const [low, high] = bounds(input)
  const filters = filtersOf(input)
  if (!input.type && !input.outcome && filters.length === 0) {
    return sql`(select seq from audit_events where seq between ${low} and ${high} order by seq desc limit ${wanted})`
  }
  const types = typesOf(input)
  if (types.length === 0) return sql`(select null::bigint)`

  // Each type is walked on its own, along an index that begins with the filters and ends with `type, seq`: the page is
  // read off its end, and where nothing fits nothing is read. The conditions are rows compared as a whole, and the
  // order names all columns, because only that index can answer such a question. With plain equalities the database may
  // prefer to step back through all events in the hope of meeting the wanted ones soon.
  // One account's events are few: of them the other filters may pick.
  const indexed = input.userId === undefined ? filters : filters.slice(0, 1)
  const picking = filters.slice(indexed.length).map(({ column, value }) => sql`and ${column} = ${value}`)
  if (input.outcome) picking.push(...pickingOutcome(types, input.outcome))
  const columns = [...indexed.map(({ column }) => column), sql`type`, sql`seq`]
  const edge = (seq: SQL) => list([...indexed.map(({ value }) => value), sql`wanted.type`, seq])
  return sql`(
    select newest.seq from (values ${list(types.map((type) => sql`(${type}::text)`))}) as wanted (type)
    cross join lateral (
      select seq from audit_events
      where (${list(columns)}) >= (${edge(low)}) and (${list(columns)}) <= (${edge(high)}) ${sql.join(picking, sql` `)}
      order by ${list(columns.map((column) => sql`${column} desc`))} limit ${wanted}
    ) as newest
    order by newest.seq desc limit ${wanted}
  )`
}

/** The given filters but type and outcome, in the order of the columns of the indexes. */
function filtersOf({ userId, actorId, connection }: ListAuditInput): { column: SQL; value: SQL }[] {
  return [
    ...(userId === undefined ? [] : [{ column: sql`user_id`, value: sql`${userId}::text` }]),
    ...(actorId === undefined ? [] : [{ column: sql`actor_id`, value: sql`${actorId}::uuid` }]),
    ...(connection === undefined ? [] : [{ column: sql`connection`, value: sql`${connection}::text` }]),
  ]
}

/** Events are in the order of time, so that a range of time is a range of `seq`, found at both ends by an index. */
function bounds({ before, from, to }: ListAuditInput): [low: SQL, high: SQL] {
  const low =
    from === undefined
      ? sql`1::bigint`
      : sql`coalesce((select seq from audit_events where at >= ${instant(from)} order by at, seq limit 1), ${never})`
  const newest =
    to === undefined
      ? never
      : sql`coalesce((select seq from audit_events where at <= ${instant(to)} order by at desc, seq desc limit 1), 0)`
  return [low, before === undefined ? newest : sql`least(${newest}, ${before - 1}::bigint)`]
}

function instant(ms: number): SQL {
  return sql`${sql.param(ms, auditEvents.at)}`
}

function list(parts: SQL[]): SQL {
  return sql.join(parts, sql`, `)
}

/** Those of which events may have the outcome. */
function typesOf({ type, outcome }: ListAuditInput): AuditType[] {
  const candidates = type ? [type] : auditTypes
  return candidates.filter((candidate) => !outcome || outcomesOf(candidate).includes(outcome))
}

/** Of the types whose events may have one or the other outcome, those that have it: few among few. */
function pickingOutcome(types: readonly AuditType[], outcome: AuditOutcome): SQL[] {
  const either = types.filter((type) => outcomesOf(type).length > 1)
  if (either.length === 0) return []
  const isUnknown = outcome === 'unknown' ? sql`= 'unknown'` : sql`is distinct from 'unknown'`
  return [
    sql`and (type not in (${list(either.map((type) => sql`${type}`))}) or data ->> 'effect' ${isUnknown})`,
  ]
}

function toEntry(row: typeof auditEvents.$inferSelect): AuditEntry {
  const { prevHash: _prevHash, hash: _hash, ...entry } = row
  // `record` is the only writer and takes a typed event: `data` belongs to `type`.
  const event = entry as AuditEntry
  // That by which the list is narrowed, also of events that were written when theirs still counted as another.
  return { ...event, outcome: outcomeOf(event) }
}
