import 'server-only'
import { and, eq, exists, inArray } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { bulkMuteCases, bulkMuteItems, cases } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { CasesOfRun } from './case-schemas'
import { type BulkRow, isPending } from './internal'

/**
 * Writes down which cases a run is made for. Each must be about one of its accounts, in its connection; whether it still
 * is open shows when the run has ended. Throws `INVALID_INPUT` (field `cases`).
 */
export async function attachCases(
  tx: Tx,
  { id: bulkId, connection, userId }: BulkRow,
  userIds: readonly string[],
  { ids, wish }: CasesOfRun,
): Promise<void> {
  const found = await tx
    .select({ id: cases.id, accusedId: cases.accusedId })
    .from(cases)
    .where(and(inArray(cases.id, ids), eq(cases.connection, connection)))
  const accounts = new Set(userIds)
  // Of an account in its groups some may be muted and some not: that decides no case.
  const isAbout = userId === '' && found.every(({ accusedId }) => accounts.has(accusedId))
  if (found.length !== ids.length || !isAbout)
    throw new AppError('INVALID_INPUT', { fields: { cases: 'invalid' } })
  await tx.insert(bulkMuteCases).values(ids.map((caseId) => ({ bulkId, caseId, wish })))
}

/** The cases of a run's accounts that wait in it again wait again too. */
export async function awaitCasesAgain(tx: Tx, bulkId: string): Promise<void> {
  const waitsAgain = tx
    .select({ userId: bulkMuteItems.userId })
    .from(bulkMuteItems)
    .innerJoin(cases, eq(cases.accusedId, bulkMuteItems.userId))
    .where(and(eq(bulkMuteItems.bulkId, bulkId), isPending, eq(cases.id, bulkMuteCases.caseId)))
  await tx
    .update(bulkMuteCases)
    .set({ status: 'waiting', why: null, concludedAt: null })
    .where(and(eq(bulkMuteCases.bulkId, bulkId), eq(bulkMuteCases.why, 'rejected'), exists(waitsAgain)))
}

/** These accounts of a run may get back what they had: then the run's decisions on their cases do not stand either. */
export async function expectUndo(tx: Tx, bulkId: string, userIds: readonly string[]): Promise<void> {
  const ofThem = tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, bulkMuteCases.caseId), inArray(cases.accusedId, [...userIds])))
  await tx
    .update(bulkMuteCases)
    .set({ isUndoAsked: true })
    .where(and(eq(bulkMuteCases.bulkId, bulkId), exists(ofThem)))
}
