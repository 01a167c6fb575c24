import 'server-only'
import { and, eq, not, or, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { cases } from '@/lib/db/schema'
import type { CaseRow } from './change-case'
import { isInReachOf } from './needs-lead'
import { isOwnDecision } from './own-decision'
import { isUnclaimed } from './queue-order'

/**
 * The case, where asking for the next one instead is to skip it: this moderator has it in hand, or could take it.
 * Undefined for what is decided, in a colleague's hands, on hold, or not for them.
 */
export async function findSkipped(tx: Tx, moderatorId: string, caseId: string): Promise<CaseRow | undefined> {
  const isInHand = and(sql`${cases.status} = 'claimed'`, eq(cases.claimedBy, moderatorId))
  const [skipped] = await tx
    .select()
    .from(cases)
    .where(
      and(
        eq(cases.id, caseId),
        or(isInHand, isUnclaimed),
        isInReachOf(moderatorId),
        not(isOwnDecision(moderatorId)),
      ),
    )
  return skipped
}
