import 'server-only'
import { and, arrayOverlaps, eq, isNull, or } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { decisions } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { derivedKey } from '@/lib/mutes/derived-key'
import { undoMute } from '@/lib/mutes/undo'
import type { Decision } from './decision-rows'
import type { DecisionUndo } from './decision-schemas'

type Restored = DecisionUndo['commands'][number]

/**
 * Undoes the mutes of a decision that was taken back, the last one first, and writes down what became of each, also for
 * the decisions by the same mutes that were taken back with it. May be
 * begun again: each undo has a key of its own.
 */
export async function restoreMutes(
  context: Context,
  actor: Actor,
  { id, commandIds }: Pick<Decision, 'id' | 'commandIds'>,
): Promise<void> {
  requirePermission(actor, 'reports:work')
  const commands: Restored[] = []
  for (const commandId of [...commandIds].reverse()) commands.push(await restore(context, actor, commandId))
  const undo: DecisionUndo = { commands }
  const isWith =
    commandIds.length === 0
      ? undefined
      : and(
          eq(decisions.status, 'undone'),
          isNull(decisions.undo),
          arrayOverlaps(decisions.commandIds, commandIds),
        )
  await context.db
    .update(decisions)
    .set({ undo })
    .where(or(eq(decisions.id, id), isWith))
}

async function restore(context: Context, actor: Actor, commandId: string): Promise<Restored> {
  try {
    const idempotencyKey = derivedKey(`undo of ${commandId} by its decision`)
    const { status } = await undoMute(context, actor, { idempotencyKey, commandId })
    if (status === 'applied') return { commandId, outcome: 'restored' }
    return { commandId, outcome: status === 'rejected' ? 'failed' : 'open' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { by, at } = error.options.details ?? {}
    const isChanged = error.code === 'MUTE_CHANGED' || error.code === 'MUTE_PENDING'
    if (!isChanged) return { commandId, outcome: 'failed' }
    return { commandId, outcome: 'changed', ...(by && { by }), ...(at && { at }) }
  }
}
