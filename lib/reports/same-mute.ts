import 'server-only'
import { and, arrayOverlaps, eq } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { cases, decisions } from '@/lib/db/schema'
import { type Decision, getDecision } from './decision-rows'
import { endReportMutes } from './mute-reporters'
import { takeBackDecision } from './take-back'

/**
 * The other decisions that stand by the same mute: those of one run on further cases of the account, which share its
 * strike and its answers too. Locks them and this one in one order, before any case, so that of two who take them back
 * at once one comes second.
 */
export async function lockSameMute(
  tx: Tx,
  { id: decisionId, commandIds, case: own }: Decision,
): Promise<string[]> {
  if (commandIds.length === 0) return []
  const rows = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .innerJoin(cases, eq(cases.id, decisions.caseId))
    .where(
      and(
        eq(cases.connection, own.connection),
        eq(cases.accusedId, own.accusedId),
        eq(decisions.status, 'applied'),
        arrayOverlaps(decisions.commandIds, commandIds),
      ),
    )
    .orderBy(decisions.id)
    .for('update', { of: decisions })
  return rows.map(({ id }) => id).filter((id) => id !== decisionId)
}

/** Takes these back with the one whose mute they stand by. Gives what the caller records. */
export async function takeBackWith(
  tx: Tx,
  decisionIds: string[],
  by: Pick<Actor, 'id' | 'name'>,
): Promise<AuditEvent[]> {
  if (decisionIds.length === 0) return []
  const events: AuditEvent[] = await endReportMutes(tx, by, { decisionIds })
  for (const id of decisionIds)
    events.push(
      ...(await takeBackDecision(tx, await getDecision(tx, id), by, { undo: null, isAsked: false })),
    )
  return events
}
