import 'server-only'
import { and, eq, isNotNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import type { CaseKey, EscalateCaseInput } from './case-schemas'
import { auditOf, changeCase, nobody, restingStatus } from './change-case'
import { noteOnCase } from './note-on-case'

/**
 * Passes a claimed case to the leads with a note about why. It goes back to the queue, where from then on only they can
 * have it. Ends the claim. Throws `FORBIDDEN`, `NOT_FOUND`, `NEEDS_LEAD` (it was passed before), `CLAIM_LOST` and
 * `CASE_CHANGED`.
 */
export async function escalateCase(
  { db }: Context,
  actor: Actor,
  { note, ...input }: EscalateCaseInput,
): Promise<CaseKey> {
  requirePermission(actor, 'reports:work')
  await db.transaction(async (tx) => {
    // A lead could take it and would be the one whom it is sent back to.
    const isPassed = and(eq(cases.id, input.caseId), isNotNull(cases.escalatedAt))
    if ((await tx.$count(cases, isPassed)) > 0) throw new AppError('NEEDS_LEAD')
    const passed = await changeCase(tx, actor, input, ['claimed'], {
      ...nobody,
      status: restingStatus,
      escalatedAt: databaseNow,
      escalatedBy: actor.id,
    })
    await noteOnCase(tx, passed, actor, note)
    await record(tx, { type: 'case.escalated', ...auditOf(passed, actor) })
  })
  return { caseId: input.caseId }
}
