import 'server-only'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Tx } from '@/lib/db'
import { casePages, cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { aboutCase } from './change-case'
import type { ReportCategory } from './rules'

type Mark = {
  caseId: string
  category: ReportCategory
  /** a report did it: a case that was called about before is called about anew */
  isReported: boolean
}

/**
 * Marks a case as urgent and has its connection's webhook called: once, however often people put it into another category
 * and back. Nothing where it is marked already. Gives what the caller records; to be called before that, since whoever
 * concludes a call holds its row when it records.
 */
export async function markUrgent(tx: Tx, { caseId, category, isReported }: Mark): Promise<AuditEvent[]> {
  const [marked] = await tx
    .update(cases)
    .set({ urgentAt: databaseNow })
    .where(and(eq(cases.id, caseId), isNull(cases.urgentAt)))
    .returning()
  if (!marked) return []
  const page = { id: crypto.randomUUID(), connection: marked.connection, category }
  const inserted = tx.insert(casePages).values({ ...page, caseId })
  await (isReported
    ? inserted.onConflictDoUpdate({
        target: casePages.caseId,
        set: {
          ...{ ...page, status: 'held', attempts: 0, failure: null, sentAt: null },
          ...{ urgentAt: databaseNow, sendAfter: databaseNow },
        },
        setWhere: inArray(casePages.status, ['sent', 'failed', 'cancelled']),
      })
    : inserted.onConflictDoNothing({ target: casePages.caseId }))
  const { data, ...about } = aboutCase(marked)
  return [{ type: 'case.urgent', ...about, actorId: null, actorName: 'system', data: { ...data, category } }]
}
