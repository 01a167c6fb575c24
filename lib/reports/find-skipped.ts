import 'server-only'
import { and, desc, eq, gt, not, or, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { auditEvents, cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
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

/** A skipped case stays behind for a shift, in seconds; and so many do at most, the latest. */
const behindSeconds = 8 * 3_600
const mostBehind = 200

/** The cases that this moderator has skipped lately, by their ids: that whose last skip is longest ago comes first. */
export async function findLeftBehind(tx: Tx, moderatorId: string): Promise<string[]> {
  const rows = await tx
    .select({ caseId: sql<string>`${auditEvents.data}->>'case'` })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.type, 'case.skipped'),
        eq(auditEvents.actorId, moderatorId),
        gt(auditEvents.at, sql`${databaseNow} - make_interval(secs => ${behindSeconds})`),
      ),
    )
    .orderBy(desc(auditEvents.seq))
    .limit(mostBehind)
  return [...new Set(rows.map(({ caseId }) => caseId))].reverse()
}
