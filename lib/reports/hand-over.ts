import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { inSeconds } from '@/lib/mutes/internal'
import type { CaseKey, HandOverInput } from './case-schemas'
import { auditOf, changeCase, nobody } from './change-case'
import { listColleagues } from './list-colleagues'
import { refuseOutOfReach } from './needs-lead'
import { noteOnCase } from './note-on-case'
import { refuseOwnDecision } from './own-decision'
import { handOverSeconds } from './queue-rules'
import { openCaseStatuses } from './rules'

/**
 * Hands a case to a colleague with a note about why: it is in their tab "Mine" for a day, then anybody's. Ends the
 * claim. Throws `FORBIDDEN`, `INVALID_INPUT` (field `to`: nobody who works on cases, or oneself), `OWN_DECISION` (it is
 * appealed against that colleague), `NEEDS_LEAD` (it was passed to the leads and one of the two is none), `NOT_FOUND`,
 * `CLAIM_LOST`, `CASE_CLAIMED` and `CASE_CHANGED`.
 */
export async function handOverCase(context: Context, actor: Actor, input: HandOverInput): Promise<CaseKey> {
  requirePermission(actor, 'reports:work')
  const { caseId, to, note } = input
  const colleague = (await listColleagues(context, actor)).find(({ id }) => id === to)
  if (!colleague) throw new AppError('INVALID_INPUT', { fields: { to: 'invalid' } })
  await context.db.transaction(async (tx) => {
    await refuseOwnDecision(tx, to, caseId)
    await refuseOutOfReach(tx, to, caseId)
    const handed = await changeCase(tx, actor, input, openCaseStatuses, {
      ...nobody,
      status: 'waiting',
      heldFor: to,
      heldUntil: inSeconds(handOverSeconds),
    })
    await noteOnCase(tx, handed, actor, note)
    const event = auditOf(handed, actor)
    await record(tx, { type: 'case.handed_over', ...event, data: { ...event.data, to: colleague.name } })
  })
  return { caseId }
}
