import 'server-only'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { record, recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { cases, decisions, notices, reports, strikes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import { bringBack } from './bring-back'
import { aboutCase, nobody } from './change-case'
import { isStrike } from './decision-actions'
import type { Decision } from './decision-rows'
import type { DecisionFailure } from './decision-schemas'
import { markCommands } from './mark-commands'
import { muteReporters } from './mute-reporters'
import { noticesOfDecision } from './notices-of-decision'

/**
 * The second transaction of a decision that was carried out: strikes, messages (held so that an undo can stop them),
 * the verdict on the reports, the closing of its cases. Does nothing where another process has ended it already.
 */
export async function completeDecision(
  { db }: Pick<Context, 'db'>,
  decision: Decision,
  commandIds: string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(decisions)
      .set({ status: 'applied', commandIds })
      .where(and(eq(decisions.id, decision.id), eq(decisions.status, 'sending')))
      .returning({ id: decisions.id })
    if (ended.length === 0) return
    await markCommands(tx, decision.caseId, commandIds)
    const applied = await closeCases(tx, decision, {
      isStrike: isStrike(decision.verdict, decision.actions),
      messages: await noticesOfDecision(tx, decision),
    })
    await recordAll(tx, [applied, ...(await muteTheirReporters(tx, decision))])
  })
}

/** Sets aside what those whom this decision found in bad faith report from now on, where it says so. */
async function muteTheirReporters(
  tx: Tx,
  { id: decisionId, verdict, plan, actorId, decider, case: own }: Decision,
): Promise<AuditEvent[]> {
  if (plan.muteReporterDays === undefined) return []
  const found = await tx
    .selectDistinct({ reporterId: reports.reporterId })
    .from(reports)
    .where(and(inArray(reports.caseId, [own.id, ...plan.closeWith]), eq(reports.verdict, verdict)))
  return muteReporters(
    tx,
    { id: actorId, name: decider.name },
    {
      connection: own.connection,
      reporterIds: found.flatMap(({ reporterId }) => reporterId ?? []),
      days: plan.muteReporterDays,
      by: { decisionId, case: own.id, number: own.number },
    },
  )
}

type Outcome = { isStrike: boolean; messages: Awaited<ReturnType<typeof noticesOfDecision>> }

/**
 * What follows of a decision that was carried out: the strike, the messages, the verdict, the closing of its cases. Gives
 * what the caller records.
 */
export async function closeCases(
  tx: Tx,
  decision: Decision,
  { isStrike: counts, messages }: Outcome,
): Promise<AuditEvent> {
  const { verdict, plan, actorId, case: own } = decision
  const caseIds = [own.id, ...plan.closeWith]
  if (counts)
    await tx.insert(strikes).values({
      id: crypto.randomUUID(),
      connection: own.connection,
      userId: own.accusedId,
      category: own.category,
      decisionId: decision.id,
    })
  for (let from = 0; from < messages.length; from += rowsAtOnce)
    await tx.insert(notices).values(messages.slice(from, from + rowsAtOnce))
  await tx
    .update(reports)
    .set({ verdict })
    .where(and(inArray(reports.caseId, caseIds), isNull(reports.verdict)))
  await tx
    .update(cases)
    .set({
      ...nobody,
      status: 'closed',
      version: sql`${cases.version} + 1`,
      closedAt: databaseNow,
      closedBy: actorId,
      verdict,
    })
    .where(and(inArray(cases.id, caseIds), eq(cases.status, 'decided')))
  if (plan.lookAgainAt !== null)
    await tx.update(cases).set({ lookAgainAt: plan.lookAgainAt }).where(eq(cases.id, own.id))
  const { data, ...about } = aboutCase(own)
  return {
    type: 'decision.applied',
    actorId,
    actorName: decision.decider.name,
    ...about,
    data: { ...data, decision: decision.id, strikes: counts ? 1 : 0, notices: messages.length },
  }
}

const rowsAtOnce = 500

/** Ends a decision that could not be carried out: its cases are open again, and nothing else was written. */
export async function failDecision(
  { db }: Pick<Context, 'db'>,
  decision: Decision,
  commandIds: string[],
  failure: DecisionFailure,
): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(decisions)
      .set({ status: 'failed', commandIds, failure })
      .where(and(eq(decisions.id, decision.id), eq(decisions.status, 'sending')))
      .returning({ id: decisions.id })
    if (ended.length === 0) return
    await markCommands(tx, decision.caseId, commandIds)
    const { plan, actorId, case: own } = decision
    const by = { id: actorId, name: decision.decider.name }
    for (const caseId of [own.id, ...plan.closeWith].sort())
      await bringBack(tx, caseId, { from: 'decided', to: 'reopened', by })
    const { data, ...about } = aboutCase(own)
    const { code, failure: provider } = failure
    await record(tx, {
      type: 'decision.failed',
      actorId,
      actorName: decision.decider.name,
      ...about,
      data: { ...data, decision: decision.id, code, ...(provider && { failure: provider }) },
    })
  })
}

/** The outcome of a command is unknown: the job looks again in a moment. */
export async function leaveForLater(db: Db, decisionId: string): Promise<void> {
  await db
    .update(decisions)
    .set({ leaseUntil: inSeconds(2) })
    .where(and(eq(decisions.id, decisionId), eq(decisions.status, 'sending')))
}
