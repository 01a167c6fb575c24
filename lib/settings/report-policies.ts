import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { findSetting, unchanged } from './internal'
import { defaultReportPolicies } from './report-defaults'
import { type CategoryDto, categoriesOf, type ReportPolicies } from './report-rules'
import { type ReportPoliciesDto, storedPoliciesSchema } from './report-schemas'

/** How reports of each category are worked on, for the verbs that hold to it. */
export async function findReportPolicies(db: Db | Tx): Promise<ReportPolicies> {
  return (await read(db)).policies
}

/** The same for whoever may change them. Throws `FORBIDDEN`. */
export async function getReportPolicies(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
): Promise<ReportPoliciesDto> {
  requirePermission(actor, 'settings:write')
  return read(db)
}

/** The categories of reports, for whoever works with them. Throws `FORBIDDEN`. */
export async function listCategories({ db }: Pick<Context, 'db'>, actor: Actor): Promise<CategoryDto[]> {
  requirePermission(actor, 'reports:read')
  return categoriesOf((await read(db)).policies)
}

async function read(db: Db | Tx): Promise<ReportPoliciesDto> {
  const setting = await findSetting(db, 'report-policies')
  if (!setting) return { policies: defaultReportPolicies, ...unchanged }
  return { policies: storedPoliciesSchema.parse(setting.value), ...setting.state }
}
