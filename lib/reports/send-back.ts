import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases, moderators } from '@/lib/db/schema'
import { inSeconds } from '@/lib/mutes/internal'
import type { CaseKey, SendBackInput } from './case-schemas'
import { auditOf, caseChanged, changeCase, nobody } from './change-case'
import { noteOnCase } from './note-on-case'
import { handOverSeconds } from './queue-rules'
import { openCaseStatuses } from './rules'

/**
 * Gives a case that was passed to the leads back to whoever passed it, with a note: it is in their tab "Mine" for a day,
 * then anybody's. Ends the claim. Throws `FORBIDDEN`, `NOT_FOUND`, `CLAIM_LOST`, `CASE_CLAIMED` and `CASE_CHANGED` (also
 * where it is not with the leads).
 */
export async function sendBackCase(
  { db }: Context,
  actor: Actor,
  { note, ...input }: SendBackInput,
): Promise<CaseKey> {
  requirePermission(actor, 'reports:lead')
  await db.transaction(async (tx) => {
    const [passed] = await tx
      .select({ to: moderators.name })
      .from(cases)
      .innerJoin(moderators, eq(moderators.id, cases.escalatedBy))
      .where(eq(cases.id, input.caseId))
      .for('update', { of: cases })
    if (!passed) throw await caseChanged(tx, input.caseId)
    const sent = await changeCase(tx, actor, input, openCaseStatuses, {
      ...nobody,
      status: 'waiting',
      heldFor: sql`${cases.escalatedBy}`,
      heldUntil: inSeconds(handOverSeconds),
      escalatedAt: null,
      escalatedBy: null,
    })
    await noteOnCase(tx, sent, actor, note)
    const event = auditOf(sent, actor)
    await record(tx, { type: 'case.sent_back', ...event, data: { ...event.data, to: passed.to } })
  })
  return { caseId: input.caseId }
}
