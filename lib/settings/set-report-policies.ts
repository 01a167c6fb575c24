import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { replaceSetting } from './internal'
import { getReportPolicies } from './report-policies'
import type { SetReportPoliciesInput } from './report-schemas'

/**
 * Replaces severities, times, ladders and texts of the report categories, and their names and order, for what is
 * decided from now on. A category that was saved once stays: it can be retired. Throws `FORBIDDEN`, `INVALID_INPUT`
 * where one is left out, and `SETTINGS_CHANGED` with who and when if they are no longer the version that was seen.
 */
export async function setReportPolicies(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { policies, version }: SetReportPoliciesInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  const saved = await getReportPolicies({ db }, actor)
  const isLost = Object.keys(saved.policies).some((category) => !(category in policies))
  // Rows name it. A version that is no longer the last one is refused below.
  if (isLost && saved.version === version)
    throw new AppError('INVALID_INPUT', { fields: { policies: 'required' } })
  return replaceSetting(db, actor, { key: 'report-policies', value: policies, version })
}
