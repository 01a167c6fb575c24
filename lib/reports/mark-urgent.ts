import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Tx } from '@/lib/db'
import { casePages, cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { aboutCase } from './change-case'
import type { ReportCategory } from './rules'

/**
 * Marks a case as urgent and has its connection's webhook called, which happens once for each case. Nothing where it is
 * marked already.
 */
export async function markUrgent(tx: Tx, caseId: string, category: ReportCategory): Promise<void> {
  const [marked] = await tx
    .update(cases)
    .set({ urgentAt: databaseNow })
    .where(and(eq(cases.id, caseId), isNull(cases.urgentAt)))
    .returning()
  if (!marked) return
  const [page] = await tx
    .insert(casePages)
    .values({ caseId, id: crypto.randomUUID(), connection: marked.connection, category })
    .onConflictDoNothing({ target: casePages.caseId })
    .returning({ id: casePages.id })
  if (!page) return
  const { data, ...about } = aboutCase(marked)
  const event = { ...about, actorId: null, actorName: 'system' }
  await record(tx, { type: 'case.urgent', ...event, data: { ...data, category } })
}
