import 'server-only'
import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { type CaseRow, caseChanged, claimLost, getCaseRow } from './case-changed'
import { openCaseStatuses } from './rules'

export type SeenCase = { caseId: string; version: number; claimToken?: string }

/** Nobody works on it. */
const isFree = or(isNull(cases.claimToken), isNull(cases.claimUntil), lte(cases.claimUntil, databaseNow))

/**
 * Takes a case for a decision: the database decides who is first. It must be open, at the version that was seen, and
 * held by the claim that is shown, or by nobody where none is. Ends the claim. Throws `NOT_FOUND`, `CASE_CHANGED` with
 * who and when, and `CLAIM_LOST`.
 */
export async function takeForDecision(tx: Tx, seen: SeenCase): Promise<CaseRow> {
  const { caseId, version, claimToken } = seen
  const isHeld =
    claimToken === undefined
      ? isFree
      : and(eq(cases.claimToken, claimToken), gt(cases.claimUntil, databaseNow))
  const [taken] = await tx
    .update(cases)
    .set({
      status: 'decided',
      version: sql`${cases.version} + 1`,
      claimToken: null,
      claimedBy: null,
      claimUntil: null,
      heldUntil: null,
      heldFor: null,
      lookAgainAt: null,
    })
    .where(
      and(
        eq(cases.id, caseId),
        eq(cases.version, version),
        inArray(cases.status, [...openCaseStatuses]),
        isHeld,
      ),
    )
    .returning()
  if (taken) return taken
  const row = await getCaseRow(tx, caseId)
  const isAsSeen = row.version === version && openCaseStatuses.some((status) => status === row.status)
  throw await (isAsSeen ? claimLost(tx, row) : caseChanged(tx, caseId))
}
