import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import { hasPermission } from '@/lib/auth/roles'
import type { Context } from '@/lib/context'
import { cases, moderators } from '@/lib/db/schema'
import { inSeconds } from '@/lib/mutes/internal'
import type { CaseKey, SendBackInput } from './case-schemas'
import { auditOf, caseChanged, changeCase, nobody, restingStatus } from './change-case'
import { noteOnCase } from './note-on-case'
import { isOwnDecision } from './own-decision'
import { handOverSeconds } from './queue-rules'
import { openCaseStatuses } from './rules'

/**
 * Gives a case that was passed to the leads back to whoever passed it, with a note: it is in their tab "Mine" for a
 * day, then anybody's. It is anybody's at once where they work on no cases any more or it is appealed against them.
 * Ends the claim. Throws `FORBIDDEN`, `NOT_FOUND`, `CLAIM_LOST`, `CASE_CLAIMED` and `CASE_CHANGED` (also where it is
 * not with the leads).
 */
export async function sendBackCase(
  { db }: Context,
  actor: Actor,
  { note, ...input }: SendBackInput,
): Promise<CaseKey> {
  requirePermission(actor, 'reports:lead')
  await db.transaction(async (tx) => {
    const [passed] = await tx
      .select({ to: moderators, isOwnDecision: sql<boolean>`${isOwnDecision(sql`${cases.escalatedBy}`)}` })
      .from(cases)
      .innerJoin(moderators, eq(moderators.id, cases.escalatedBy))
      .where(eq(cases.id, input.caseId))
      .for('update', { of: cases })
    if (!passed) throw await caseChanged(tx, input.caseId)
    const { to, isOwnDecision: isAgainst } = passed
    const takesIt = to.disabledAt === null && hasPermission(to.role, 'reports:work') && !isAgainst
    const sent = await changeCase(tx, actor, input, openCaseStatuses, {
      ...nobody,
      status: 'waiting',
      heldFor: takesIt ? to.id : null,
      heldUntil: inSeconds(handOverSeconds),
      escalatedAt: null,
      escalatedBy: null,
    })
    // The database lets it leave the leads on its way to somebody alone.
    if (!takesIt)
      await tx
        .update(cases)
        .set({ ...nobody, status: restingStatus })
        .where(eq(cases.id, sent.id))
    await noteOnCase(tx, sent, actor, note)
    const event = auditOf(sent, actor)
    await record(tx, {
      type: 'case.sent_back',
      ...event,
      data: { ...event.data, to: takesIt ? to.name : null },
    })
  })
  return { caseId: input.caseId }
}
