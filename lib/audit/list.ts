import 'server-only'
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Db } from '@/lib/db'
import { auditEvents } from '@/lib/db/schema'
import { type AuditType, auditTypes, outcomeOf } from './events'
import { type AuditEntry, type AuditPage, auditPageSize, type ListAuditInput } from './schemas'

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
  const { connection, userId, actorId } = input
  const conditions = [
    ...bounds(input),
    ...(actorId ? [eq(auditEvents.actorId, actorId)] : []),
    ...(connection ? [eq(auditEvents.connection, connection)] : []),
    ...(userId !== undefined ? [eq(auditEvents.userId, userId)] : []),
  ]
  const newest = (...more: SQL[]) => sql`
    select ${auditEvents.seq} from ${auditEvents} where ${and(sql`true`, ...conditions, ...more)}
    order by ${auditEvents.seq} desc limit ${auditPageSize + 1}`

  const isUnfiltered = !input.type && !input.outcome && !actorId && !connection && userId === undefined
  if (isUnfiltered) return sql`(${newest()})`

  // Walked type by type, every combination of filters has an index that holds just its rows in the right order; walked
  // as one, the database would have to step over rows of other types, and over all of them when none is wanted.
  const types = typesOf(input)
  if (types.length === 0) return sql`(select null::bigint)`
  const wanted = sql.join(
    types.map((type) => sql`(${type})`),
    sql`, `,
  )
  return sql`(
    select newest.seq from (values ${wanted}) as wanted (type)
    cross join lateral (${newest(sql`${auditEvents.type} = wanted.type`)}) as newest
    order by newest.seq desc limit ${auditPageSize + 1}
  )`
}

/** Events are in the order of time, so that a range of time is a range of `seq`, found at both ends by an index. */
function bounds({ before, from, to }: ListAuditInput): SQL[] {
  const { seq, at } = auditEvents
  const edge = (condition: SQL, order: SQL) =>
    sql`(select seq from audit_events where ${condition} order by at ${order}, seq ${order} limit 1)`
  return [
    ...(before === undefined ? [] : [lt(seq, before)]),
    ...(from === undefined ? [] : [sql`${seq} >= ${edge(sql`at >= ${sql.param(from, at)}`, sql`asc`)}`]),
    ...(to === undefined ? [] : [sql`${seq} <= ${edge(sql`at <= ${sql.param(to, at)}`, sql`desc`)}`]),
  ]
}

/** The outcome follows from the type. */
function typesOf({ type, outcome }: ListAuditInput): AuditType[] {
  const candidates = type ? [type] : auditTypes
  return candidates.filter((candidate) => !outcome || outcomeOf(candidate) === outcome)
}

function toEntry(row: typeof auditEvents.$inferSelect): AuditEntry {
  const { prevHash: _prevHash, hash: _hash, ...entry } = row
  // `record` is the only writer and takes a typed event: `data` belongs to `type`.
  return entry as AuditEntry
}
