import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { settings } from '@/lib/db/schema'
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

/** The stored setting in a statement of its reader's own, for those that cannot afford one more; for `policiesOf`. */
export const storedPolicies = sql<unknown>`(select ${settings.value} from ${settings}
  where ${settings.key} = ${sql.raw("'report-policies'")})`

/** The policies that `storedPolicies` gave. */
export function policiesOf(stored: unknown): ReportPolicies {
  return stored === null ? defaultReportPolicies : storedPoliciesSchema.parse(stored)
}

async function read(db: Db | Tx): Promise<ReportPoliciesDto> {
  const setting = await findSetting(db, 'report-policies')
  if (!setting) return { policies: defaultReportPolicies, ...unchanged }
  return { policies: policiesOf(setting.value), ...setting.state }
}
