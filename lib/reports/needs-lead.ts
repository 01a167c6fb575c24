import 'server-only'
import { and, eq, not, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { hasPermission, roles } from '@/lib/auth/roles'
import type { Db, Tx } from '@/lib/db'
import { cases, moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'

const leading = sql.join(
  roles.filter((role) => hasPermission(role, 'reports:lead')).map((role) => sql`${role}`),
  sql`, `,
)

/** The case was not passed to the leads, or this moderator is one, by the role that the database has for them now. */
export function isInReachOf(moderatorId: string | Placeholder): SQL {
  return sql`(${cases.escalatedAt} is null or exists (select from ${moderators}
    where ${moderators.id} = ${moderatorId} and ${moderators.role} in (${leading})))`
}

/** Keeps a case that was passed to the leads from everybody else. Throws `NEEDS_LEAD`. */
export async function refuseOutOfReach(db: Db | Tx, moderatorId: string, caseId: string): Promise<void> {
  if ((await db.$count(cases, and(eq(cases.id, caseId), not(isInReachOf(moderatorId))))) > 0)
    throw new AppError('NEEDS_LEAD')
}
