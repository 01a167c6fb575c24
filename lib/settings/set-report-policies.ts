import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { replaceSetting } from './internal'
import type { SetReportPoliciesInput } from './report-schemas'

/**
 * Replaces severities, times, ladders and texts of the report categories, for what is decided from now on. Throws
 * `FORBIDDEN`, and `SETTINGS_CHANGED` with who and when if they are no longer the version that was seen.
 */
export async function setReportPolicies(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { policies, version }: SetReportPoliciesInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  return replaceSetting(db, actor, { key: 'report-policies', value: policies, version })
}
