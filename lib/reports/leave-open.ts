import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { hasPermission } from '@/lib/auth/roles'
import type { CaseLeftReason } from '@/lib/bulk-mutes/rules'
import type { Tx } from '@/lib/db'
import { bulkMuteCases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { auditOf } from './change-case'
import type { RunCase } from './run-case-rows'

/** Why a case is none of its run's to decide, by what became of its account and by what was asked for; null: it is. */
export function whyLeft({ item, command, wish, author }: RunCase): CaseLeftReason | null {
  if (item.skipped !== null) return 'skipped'
  if (command?.status !== 'applied') return 'rejected'
  if (wish === 'open') return 'as_wished'
  const mayWork = author.disabledAt === null && hasPermission(author.role, 'reports:work')
  return mayWork ? null : 'not_allowed'
}

/** Notes that a run has ended without deciding a case, which stays as it is. Gives what the caller records. */
export async function leaveOpen(
  tx: Tx,
  { bulk, case: own, author }: RunCase,
  why: CaseLeftReason,
): Promise<AuditEvent[]> {
  await tx
    .update(bulkMuteCases)
    .set({ status: 'left', why, concludedAt: databaseNow })
    .where(and(eq(bulkMuteCases.bulkId, bulk.id), eq(bulkMuteCases.caseId, own.id)))
  // A preview that is thrown away has decided nothing about anybody.
  if (bulk.startedAt === null) return []
  const { data, ...about } = auditOf(own, author)
  return [{ type: 'case.left_open', ...about, data: { ...data, bulk: bulk.id, why } }]
}
