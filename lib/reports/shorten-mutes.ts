import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { applyMute } from '@/lib/mutes/apply'
import { derivedKey } from '@/lib/mutes/derived-key'
import { getCommand } from '@/lib/mutes/internal'
import { reasonCategoryOf } from './decision-actions'
import type { Decision } from './decision-rows'

type Wish = {
  decision: Decision
  appealId: string
  /** epoch ms */
  until: number
  reason: string
}

/**
 * Moves the end of a decision's mutes forward, each as long as nobody changed it since. Throws `INVALID_INPUT` (`end`)
 * where that would not be shorter, `NOT_UNDOABLE` where the decision has no mute, `MUTE_CHANGED` and what `applyMute`
 * throws.
 */
export async function shortenMutes(
  context: Context,
  actor: Actor,
  { decision, appealId, until, reason }: Wish,
): Promise<void> {
  requirePermission(actor, 'mutes:apply')
  if (decision.commandIds.length === 0) throw new AppError('NOT_UNDOABLE')
  const { number, category } = decision.case
  for (const commandId of decision.commandIds) {
    const { command, changes } = await getCommand(context.db, commandId)
    const held = changes.filter(({ afterUntil }) => afterUntil !== null)
    if (held.length === 0) continue
    const isShorter = held.every(({ afterUntil }) => afterUntil === 'forever' || Number(afterUntil) > until)
    if (!isShorter) throw new AppError('INVALID_INPUT', { fields: { end: 'invalid' } })
    const { status } = await applyMute(context, actor, {
      idempotencyKey: derivedKey(`appeal ${appealId} of ${commandId} until ${until}`),
      connection: command.connection,
      userId: command.userId,
      ...(command.groupId !== '' && { groupId: command.groupId }),
      ...(command.topicId !== '' && { topicId: command.topicId }),
      scopes: held.map(({ scope }) => scope),
      basis: Object.fromEntries(held.map(({ scope, version }) => [scope, version])),
      end: { kind: 'at', at: until },
      reason: { category: reasonCategoryOf(category, 'lift'), text: `#${number} ${reason}` },
    })
    if (status === 'rejected') throw new AppError('PROVIDER_REFUSED')
  }
}
