import 'server-only'
import { desc, inArray, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { prepared } from '@/lib/db/prepared'
import { bulkMuteItems, bulkMutes, muteCommands } from '@/lib/db/schema'
import { isPending } from './internal'
import { doings } from './rules'
import type { ActiveBulkMutesDto } from './schemas'

/** As many as the frame of a page has room for. */
const shownAtOnce = 20

const ofRun = sql`${bulkMuteItems.bulkId} = ${bulkMutes.id}`
/** Written with the preview; counted for a run that an older version previewed. */
const doing = sql<number>`coalesce(${bulkMutes.doing}, (select count(*) from ${bulkMuteItems}
  where ${ofRun} and ${inArray(bulkMuteItems.forecast, [...doings])}))::int`
const pending = sql<number>`(select count(*) from ${bulkMuteItems} where ${ofRun} and ${isPending})::int`

/**
 * The runs that are under way or wait for somebody, newest first, for the frame of every page: all of them ask every few
 * seconds, so that only what waits and what is on its way is counted. Throws `FORBIDDEN`.
 */
export async function listActiveBulkMutes({ db, clock }: Context, actor: Actor): Promise<ActiveBulkMutesDto> {
  requirePermission(actor, 'accounts:read')
  const [some] = await anyActive(db).execute()
  if (!some) return { runs: [], serverNow: clock.now() }
  const active = await activeRuns(db).execute()
  const open = active.some(({ startedAt }) => startedAt !== null) ? await countOpen(db) : new Map()
  return {
    runs: active.map(({ startedAt, pending: left, ...run }) => {
      const onTheWay = open.get(run.id) ?? 0
      const settled = startedAt === null ? 0 : Math.max(0, run.doing - left - onTheWay)
      return { ...run, settled, onTheWay }
    }),
    serverNow: clock.now(),
  }
}

const isActive = inArray(bulkMutes.status, ['running', 'paused', 'awaiting_approval'])

/** Every page asks, and mostly there is none. It has no limit, since a statement with one is planned anew each time. */
const anyActive = prepared((db) =>
  db.select({ id: bulkMutes.id }).from(bulkMutes).where(isActive).prepare('any_active_run'),
)

const activeRuns = prepared((db) =>
  db
    .select({
      id: bulkMutes.id,
      status: bulkMutes.status,
      startedAt: bulkMutes.startedAt,
      doing,
      // Before the start everything is pending, also what will be left out.
      pending: sql<number>`case when ${bulkMutes.startedAt} is null then 0 else ${pending} end`,
    })
    .from(bulkMutes)
    .where(isActive)
    .orderBy(desc(bulkMutes.createdAt))
    .limit(shownAtOnce)
    .prepare('active_runs'),
)

/** Commands of all runs without an outcome: few at any moment, and an index holds just them. */
async function countOpen(db: Context['db']): Promise<Map<string | null, number>> {
  const rows = await db
    .select({ bulkId: muteCommands.bulkId, commands: sql<number>`count(*)::int` })
    .from(muteCommands)
    .where(sql`${muteCommands.status} in ('requested', 'unknown') and ${muteCommands.bulkId} is not null`)
    .groupBy(muteCommands.bulkId)
  return new Map(rows.map(({ bulkId, commands }) => [bulkId, commands]))
}
