import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMuteItems, bulkMutes, muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { countStates, isPending } from './internal'

/** Ends a run in which nothing waits and nothing is open any more; of several instances one does, and is told so. */
export async function finishBulkMute({ db }: Context, bulkId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [done] = await tx
      .update(bulkMutes)
      .set({ status: 'done', finishedAt: databaseNow })
      .where(
        and(
          eq(bulkMutes.id, bulkId),
          eq(bulkMutes.status, 'running'),
          sql`not exists (select from ${bulkMuteItems} left join ${muteCommands}
            on ${muteCommands.id} = ${bulkMuteItems.commandId}
            where ${bulkMuteItems.bulkId} = ${bulkId}
              and (${isPending} or ${muteCommands.status} in ('requested', 'unknown')))`,
        ),
      )
      .returning()
    if (!done) return false
    await record(tx, {
      type: 'bulk_mute.finished',
      actorId: null,
      actorName: 'system',
      connection: done.connection,
      data: { bulk: bulkId, states: await countStates(tx, bulkId) },
    })
    return true
  })
}
