import 'server-only'
import { and, count, inArray, lt } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { errorFields, log } from '@/lib/log'
import { settleCommand } from './settle'

const open = inArray(muteCommands.status, ['requested', 'unknown'])

/**
 * Settles every command whose outcome nobody is waiting for any more, oldest first. Running it twice or in several
 * instances at once changes nothing: each command is leased. Returns how many commands are still open.
 */
export async function settleDueMutes(context: Context): Promise<number> {
  const due = await context.db
    .select({ id: muteCommands.id })
    .from(muteCommands)
    .where(and(open, lt(muteCommands.leaseUntil, databaseNow)))
    .orderBy(muteCommands.leaseUntil)
    .limit(100)
  for (const { id } of due) {
    try {
      await settleCommand(context, id)
    } catch (error) {
      // One command that cannot be settled must not keep the others waiting.
      log.error({ commandId: id, ...errorFields(error) }, 'settling a mute command')
    }
  }
  const [row] = await context.db.select({ open: count() }).from(muteCommands).where(open)
  return row?.open ?? 0
}
