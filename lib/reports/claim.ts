import 'server-only'
import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import type { ClaimCaseInput, ClaimDto } from './case-schemas'
import { auditOf, type CaseRow, nobody, refuseChange } from './change-case'
import { isInReachOf } from './needs-lead'
import { refuseOwnDecision } from './own-decision'
import { unclaimedStatuses } from './queue-rules'
import { claimSeconds } from './rules'

/**
 * Takes a case to work on it: a lease of ten minutes under a token that only this caller gets, so that two tabs of one
 * moderator are two holders. `takeOver` also takes it from one's own other tab, or when it was handed to a colleague; never
 * from somebody who works on it. Throws `FORBIDDEN`, `NOT_FOUND`, `OWN_DECISION` (it is appealed against this very
 * moderator), `NEEDS_LEAD` (it was passed to the leads), `CASE_CLAIMED` (who, until when) and `CASE_CHANGED`.
 */
export async function claimCase(
  context: Context,
  actor: Actor,
  { caseId, version, takeOver = false }: ClaimCaseInput,
): Promise<ClaimDto> {
  requirePermission(actor, 'reports:work')
  return context.db.transaction(async (tx) => {
    await refuseOwnDecision(tx, actor.id, caseId)
    const claim = await take(
      tx,
      actor,
      and(eq(cases.id, caseId), isInReachOf(actor.id), isTakeable(version, actor.id, takeOver)),
    )
    if (!claim) return refuseChange(tx, actor, { caseId })
    const { claimed, claimToken } = claim
    const event = auditOf(claimed, actor)
    await record(tx, { type: 'case.claimed', ...event, data: { ...event.data, isTakenOver: takeOver } })
    return claimDto(claimed, claimToken)
  })
}

function isTakeable(version: number, me: string, takeOver: boolean): SQL | undefined {
  return and(
    eq(cases.version, version),
    or(
      inArray(cases.status, [...unclaimedStatuses, 'appealed']),
      and(
        eq(cases.status, 'waiting'),
        takeOver ? undefined : or(isNull(cases.heldFor), eq(cases.heldFor, me)),
      ),
      and(
        eq(cases.status, 'claimed'),
        or(sql`${cases.claimUntil} <= ${databaseNow}`, takeOver ? eq(cases.claimedBy, me) : undefined),
      ),
    ),
  )
}

/** Puts a case into somebody's hands, if it is as wanted. Null: it is not. The caller records it. */
export async function take(
  tx: Tx,
  who: Pick<Actor, 'id'>,
  isWanted: SQL | undefined,
): Promise<{ claimed: CaseRow; claimToken: string } | null> {
  const claimToken = crypto.randomUUID()
  const [claimed] = await tx
    .update(cases)
    .set({
      ...nobody,
      status: 'claimed',
      claimToken,
      claimedBy: who.id,
      claimUntil: inSeconds(claimSeconds),
      version: sql`${cases.version} + 1`,
    })
    .where(isWanted)
    .returning()
  return claimed ? { claimed, claimToken } : null
}

/** What the new holder is told. */
export function claimDto({ id, claimUntil, version }: CaseRow, claimToken: string): ClaimDto {
  return { caseId: id, claimToken, until: claimUntil ?? 0, version }
}
