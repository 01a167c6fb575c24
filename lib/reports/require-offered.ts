import { AppError } from '@/lib/errors'
import type { ReportPolicies } from '@/lib/settings/report-rules'
import type { ReportCategory } from './rules'

/** Throws `INVALID_INPUT` for a category that leads did not add, or retired. */
export function requireOffered(policies: ReportPolicies, category: ReportCategory): void {
  const policy = policies[category]
  if (!policy || policy.isRetired) throw new AppError('INVALID_INPUT', { fields: { category: 'invalid' } })
}
