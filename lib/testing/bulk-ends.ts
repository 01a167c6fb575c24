import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Db } from '@/lib/db'
import { auditEvents, bulkMuteItems, bulkMutes, muteCommands } from '@/lib/db/schema'

/**
 * Holds that of every run that was started and is over each account has exactly one end on record that was not taken
 * back.
 */
export async function expectOneEndEach(db: Db): Promise<void> {
  const ofCommand = sql`select id from ${muteCommands} where ${muteCommands.bulkId} = ${bulkMutes.id}`
  const balance = sql<number>`(
    select count(*) filter (where type in ('mute.applied', 'mute.rejected', 'bulk_mute.account_skipped'))
      - count(*) filter (where type = 'bulk_mute.account_reopened')
    from ${auditEvents} as event
    where event.user_id = ${bulkMuteItems.userId}
      and (event.data ->> 'bulk' = ${bulkMutes.id}::text
        or event.type in ('mute.applied', 'mute.rejected') and event.command_id in (${ofCommand})))::int`
  const odd = await db
    .select({ userId: bulkMuteItems.userId, ends: balance })
    .from(bulkMuteItems)
    .innerJoin(bulkMutes, sql`${bulkMutes.id} = ${bulkMuteItems.bulkId}`)
    .where(
      sql`${bulkMutes.startedAt} is not null and ${bulkMutes.status} in ('done', 'cancelled') and ${balance} <> 1`,
    )
  expect(odd).toEqual([])
}
