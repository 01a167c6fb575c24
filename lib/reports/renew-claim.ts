import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import type { RenewClaimInput } from './case-schemas'
import { refuseChange } from './change-case'
import { claimSeconds } from './rules'

/**
 * Prolongs a claim to ten minutes from now; its end, epoch ms. Nothing else changes, so it neither raises the version nor
 * is it recorded. Throws `FORBIDDEN`, `NOT_FOUND` and `CLAIM_LOST`, also when the claim lapsed and nobody has taken it.
 */
export async function renewClaim(
  { db }: Context,
  actor: Actor,
  { caseId, claimToken }: RenewClaimInput,
): Promise<{ until: number }> {
  requirePermission(actor, 'reports:work')
  const [renewed] = await db
    .update(cases)
    .set({ claimUntil: inSeconds(claimSeconds) })
    .where(
      and(
        eq(cases.id, caseId),
        eq(cases.status, 'claimed'),
        eq(cases.claimToken, claimToken),
        eq(cases.claimedBy, actor.id),
        sql`${cases.claimUntil} > ${databaseNow}`,
      ),
    )
    .returning({ until: cases.claimUntil })
  return { until: renewed?.until ?? (await refuseChange(db, actor, { caseId, claimToken })) }
}
