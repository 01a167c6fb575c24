import { AppError } from '@/lib/errors'
import type { ReportPolicies } from '@/lib/settings/report-rules'
import type { ReportCategory } from './rules'

/** Throws `INVALID_INPUT` for a category that leads did not add, or retired. */
export function requireOffered(policies: ReportPolicies, category: ReportCategory): void {
  const refusal = refusalOf(policies, category)
  if (refusal) throw refusal
}

/** The same, told instead of thrown; null: it is offered. */
export function refusalOf(policies: ReportPolicies, category: ReportCategory): AppError | null {
  const policy = policies[category]
  if (policy && !policy.isRetired) return null
  return new AppError('INVALID_INPUT', { fields: { category: 'invalid' } })
}
