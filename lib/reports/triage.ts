import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { findReportPolicies } from '@/lib/settings/report-policies'
import { policyOf } from '@/lib/settings/report-rules'
import type { CaseKey, TriageCaseInput } from './case-schemas'
import { auditOf, changeCase } from './change-case'
import { markUrgent } from './mark-urgent'
import { priorityAs } from './priority'
import { priorityWhySchema } from './report-schemas'
import { requireOffered } from './require-offered'
import { openCaseStatuses } from './rules'

/**
 * Puts a case into another category, with that one's priority and time; a new one counts as looked at from then on.
 * Throws `FORBIDDEN`, `NOT_FOUND`, `CLAIM_LOST`, `CASE_CLAIMED`, `CASE_CHANGED`, and `INVALID_INPUT` for a category that
 * there is not or not any more.
 */
export async function triageCase({ db }: Context, actor: Actor, input: TriageCaseInput): Promise<CaseKey> {
  requirePermission(actor, 'reports:work')
  const { caseId, category } = input
  const pages = await db.transaction(async (tx) => {
    const [before] = await tx
      .select({ category: cases.category, why: cases.priorityWhy })
      .from(cases)
      .where(eq(cases.id, caseId))
    if (!before) throw new AppError('NOT_FOUND')
    const policies = await findReportPolicies(tx)
    if (category !== before.category) requireOffered(policies, category)
    const { severity, slaSeconds, isUrgent } = policyOf(policies, category)
    const { priority, why } = priorityAs({ severity, isUrgent }, priorityWhySchema.parse(before.why))
    const triaged = await changeCase(tx, actor, input, openCaseStatuses, {
      category,
      priority,
      priorityWhy: why,
      dueAt: sql`${cases.openedAt} + make_interval(secs => ${slaSeconds})`,
      ...(!isUrgent && { urgentAt: null }),
      status: sql`case when ${cases.status} = 'new' then 'triaged' else ${cases.status} end`,
    })
    const event = auditOf(triaged, actor)
    const data = { ...event.data, before: before.category, after: category }
    const urgent = isUrgent ? await markUrgent(tx, { caseId, category, isReported: false }) : []
    await recordAll(tx, [{ type: 'case.triaged', ...event, data }, ...urgent])
    return urgent.length > 0
  })
  if (pages) await wake('page-leads')
  return { caseId }
}
