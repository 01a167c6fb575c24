import 'server-only'
import { eq, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { rowsOf } from '@/lib/db/rows'
import { auditEvents, auditHead } from '@/lib/db/schema'
import { storableText } from '@/lib/db/storable-text'
import { hashLink } from './chain'
import type { AuditEvent } from './events'
import { outcomeOf } from './outcomes'

/**
 * Appends an event to the audit within the transaction of the change that it tells of: both hold or neither does.
 * Returns its `seq`; `at` is the database's clock in milliseconds, never earlier than the event before.
 *
 * Locks the chain's end until the transaction ends, so that all writers line up there: call it as the last thing in a
 * transaction. A rollback leaves no gap. Throws, and the change with it, when the audit cannot be written.
 */
export async function record(tx: Tx, event: AuditEvent): Promise<number> {
  return recordAll(tx, [event])
}

/**
 * The same for many events of one transaction, in their order: as many round trips as for one. They share one `at`.
 * Returns the last one's `seq`. Throws `RangeError` for no event.
 */
export async function recordAll(tx: Tx, events: readonly AuditEvent[]): Promise<number> {
  if (events.length === 0) throw new RangeError('there is nothing to record')
  const [head] = await tx
    .update(auditHead)
    // Computed under the row's lock, from its newest version.
    .set({
      seq: sql`${auditHead.seq} + ${events.length}::int`,
      at: sql`greatest(${auditHead.at}, clock_timestamp())`,
    })
    .where(eq(auditHead.id, 1))
    .returning()
  if (!head) throw new Error('the audit has no head: its migration did not run')

  let hash = head.hash
  const first = head.seq - events.length + 1
  const rows = events.map((event, index) => {
    const row = { seq: first + index, at: head.at, ...columnsOf(event) }
    const prevHash = hash
    hash = hashLink(prevHash, row)
    return { ...row, prevHash, hash }
  })
  const written = tx
    .$with('written')
    .as(tx.insert(auditEvents).select(rowsOf(auditEvents, rows)).returning({ seq: auditEvents.seq }))
  await tx.with(written).update(auditHead).set({ hash }).where(eq(auditHead.id, 1))
  return head.seq
}

function columnsOf(event: AuditEvent) {
  return {
    type: event.type,
    outcome: outcomeOf(event),
    actorId: event.actorId,
    actorName: storable(event.actorName),
    connection: event.connection ?? null,
    userId: event.userId === undefined ? null : storable(event.userId),
    commandId: event.commandId ?? null,
    data: storable(event.data),
  }
}

/** With what PostgreSQL's texts cannot hold replaced: what a stranger typed must not keep the event from being written. */
function storable<T>(value: T): T {
  const clean = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? storableText(inner) : inner,
  )
  // The same shape: only characters inside of texts were replaced.
  return JSON.parse(clean) as T
}
