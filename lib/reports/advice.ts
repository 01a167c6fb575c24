import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { strikes } from '@/lib/db/schema'
import { findReportPolicies } from '@/lib/settings/report-policies'
import { policyOf } from '@/lib/settings/report-rules'
import type { CaseRow } from './change-case'
import { type Advice, suggest } from './ladder'

/** What the ladder of the case's category says at `now`; strikes of all categories count. */
export async function adviceFor(
  db: Db | Tx,
  { connection, accusedId, category }: Pick<CaseRow, 'connection' | 'accusedId' | 'category'>,
  now: number,
): Promise<Advice> {
  const [policies, given] = await Promise.all([
    findReportPolicies(db),
    db
      .select({ givenAt: strikes.givenAt, voidedAt: strikes.voidedAt })
      .from(strikes)
      .where(and(eq(strikes.connection, connection), eq(strikes.userId, accusedId))),
  ])
  return suggest(policyOf(policies, category), given, now)
}
