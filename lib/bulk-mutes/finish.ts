import 'server-only'
import { sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMuteItems, muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { wake } from '@/lib/jobs/boss'
import { countStates, isPending, tryMove } from './internal'

/** Ends a run in which nothing waits and nothing is open any more; of several instances one does, and is told so. */
export async function finishBulkMute({ db }: Context, bulkId: string): Promise<boolean> {
  const isOver = await db.transaction(async (tx) => {
    const isAtRest = sql`not exists (select from ${bulkMuteItems} left join ${muteCommands}
      on ${muteCommands.id} = ${bulkMuteItems.commandId}
      where ${bulkMuteItems.bulkId} = ${bulkId}
        and (${isPending} or ${muteCommands.status} in ('requested', 'unknown')))`
    const done = await tryMove(tx, bulkId, 'finish', { finishedAt: databaseNow }, isAtRest)
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
  // The cases that it was made for, or whose run it undoes.
  if (isOver) await wake('carry-out-decisions')
  return isOver
}
