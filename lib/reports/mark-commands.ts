import 'server-only'
import { and, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { muteCommands } from '@/lib/db/schema'

/** Writes to mute commands which case's decision they carry out; those that stand for an earlier one already keep it. */
export async function markCommands(tx: Tx, caseId: string, commandIds: readonly string[]): Promise<void> {
  if (commandIds.length === 0) return
  await tx
    .update(muteCommands)
    .set({ caseId })
    .where(and(inArray(muteCommands.id, [...commandIds]), isNull(muteCommands.caseId)))
}
