import 'server-only'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { auditEvents, cases, moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'

export type CaseRow = typeof cases.$inferSelect

/** A case. Throws `NOT_FOUND`. */
export async function getCaseRow(db: Db | Tx, caseId: string): Promise<CaseRow> {
  const [row] = await db.select().from(cases).where(eq(cases.id, caseId))
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** Why a write to a case came too late: who changed it last, and when, as the audit tells. Throws `NOT_FOUND`. */
export async function caseChanged(tx: Db | Tx, caseId: string): Promise<AppError> {
  const { accusedId } = await getCaseRow(tx, caseId)
  const [last] = await tx
    .select({ by: auditEvents.actorName, at: auditEvents.at })
    .from(auditEvents)
    // By the account there is an index; by the case there is none.
    .where(and(eq(auditEvents.userId, accusedId), sql`${auditEvents.data} ->> 'case' = ${caseId}`))
    .orderBy(desc(auditEvents.seq))
    .limit(1)
  return new AppError('CASE_CHANGED', { details: last ?? {} })
}

/** Why a write by a claim was refused: who holds the case now, and since when it is not this claim. */
export async function claimLost(tx: Tx, { claimedBy }: Pick<CaseRow, 'claimedBy'>): Promise<AppError> {
  if (claimedBy === null) return new AppError('CLAIM_LOST')
  const [holder] = await tx
    .select({ by: moderators.name })
    .from(moderators)
    .where(eq(moderators.id, claimedBy))
  return new AppError('CLAIM_LOST', { details: holder ?? {} })
}
