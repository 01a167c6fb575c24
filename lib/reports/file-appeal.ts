import 'server-only'
import { createHash } from 'node:crypto'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { canonicalJson } from '@/lib/audit/canonical'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { appeals, cases, decisions } from '@/lib/db/schema'
import { storableText } from '@/lib/db/storable-text'
import { AppError } from '@/lib/errors'
import type { AppealDto, FileAppealInput } from './appeal-schemas'
import { bringBack } from './bring-back'

import { aboutCase } from './change-case'
import { openCaseStatuses } from './rules'

/**
 * Hands on an appeal: its case is open again, for somebody other than who decided. The same key with the same input is
 * one appeal. Throws `FORBIDDEN`, `UNKNOWN_CONNECTION`, `NOT_FOUND` (there is no decision about this account that
 * stands), `INVALID_INPUT` (`decisionId`: it was appealed before) and `IDEMPOTENCY_MISMATCH`.
 */
export async function fileAppeal(context: Context, actor: Actor, input: FileAppealInput): Promise<AppealDto> {
  requirePermission(actor, 'reports:file')
  context.provider(input.connection)
  const { idempotencyKey, ...rest } = input
  const inputHash = createHash('sha256').update(canonicalJson(rest)).digest('hex')
  // Two keys of one moderator are two programs.
  const key = `${actor.apiKey?.id ?? actor.id}/${idempotencyKey}`
  return context.db.transaction(async (tx) => {
    const earlier = await findAppeal(tx, key)
    if (earlier && earlier.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH')
    if (earlier) return earlier.dto
    const decision = await findDecision(tx, input)
    if (!decision) throw new AppError('NOT_FOUND')
    if ((await tx.$count(appeals, eq(appeals.decisionId, decision.id))) > 0)
      throw new AppError('INVALID_INPUT', { fields: { decisionId: 'already_so' } })
    const own = await reopened(tx, actor, decision.caseId)
    const id = crypto.randomUUID()
    const [row] = await tx
      .insert(appeals)
      .values({
        id,
        caseId: own.id,
        decisionId: decision.id,
        text: storableText(input.text),
        language: input.language,
        idempotencyKey: key,
        inputHash,
      })
      .returning()
    if (!row) throw new Error('the appeal was not written')
    const { data, ...about } = aboutCase(own)
    await record(tx, {
      type: 'appeal.received',
      actorId: actor.id,
      actorName: actor.name,
      ...about,
      data: { ...data, appeal: id, ...(actor.apiKey && { apiKey: actor.apiKey.prefix }) },
    })
    return { id, caseNumber: own.number, status: row.status, receivedAt: row.receivedAt }
  })
}

async function findAppeal(tx: Tx, key: string): Promise<{ inputHash: string; dto: AppealDto } | null> {
  const [row] = await tx
    .select({ appeal: appeals, number: cases.number })
    .from(appeals)
    .innerJoin(cases, eq(cases.id, appeals.caseId))
    .where(eq(appeals.idempotencyKey, key))
  if (!row) return null
  const { id, status, receivedAt, inputHash } = row.appeal
  return { inputHash, dto: { id, caseNumber: row.number, status, receivedAt } }
}

/** The decision, with its row locked so that of two appeals at once one comes second. */
async function findDecision(tx: Tx, { connection, userId, decisionId }: FileAppealInput) {
  const [row] = await tx
    .select({ id: decisions.id, caseId: decisions.caseId })
    .from(decisions)
    .innerJoin(cases, eq(cases.id, decisions.caseId))
    .where(
      and(
        eq(cases.connection, connection),
        eq(cases.accusedId, userId),
        eq(decisions.status, 'applied'),
        // Where nothing was done there is nothing to appeal against.
        sql`jsonb_array_length(${decisions.actions}) > 0`,
        decisionId === undefined ? undefined : eq(decisions.id, decisionId),
      ),
    )
    .orderBy(desc(decisions.decidedAt))
    .limit(1)
    .for('update', { of: decisions })
  return row
}

/**
 * A case that is open for another reason stays as it is: whoever works on it sees the appeal, and nobody closes it
 * meanwhile.
 */
async function reopened(tx: Tx, by: Actor, caseId: string) {
  const back = await bringBack(tx, caseId, { from: 'closed', to: 'appealed', by })
  if (back) return back
  const [open] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.id, caseId), inArray(cases.status, [...openCaseStatuses])))
    .for('update')
  if (!open) throw new AppError('CASE_CHANGED')
  return open
}
