import 'server-only'
import { desc, inArray } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { prepared } from '@/lib/db/prepared'
import { bulkMutes } from '@/lib/db/schema'
import { bulkDtos } from './dto'
import type { BulkMutesDto } from './schemas'

/** As many as the frame of a page has room for. */
const shownAtOnce = 20

/** The runs that are under way or wait for somebody, newest first, for the frame of every page. Throws `FORBIDDEN`. */
export async function listActiveBulkMutes(context: Context, actor: Actor): Promise<BulkMutesDto> {
  requirePermission(actor, 'accounts:read')
  const active = await activeRuns(context.db).execute()
  return { runs: await bulkDtos(context, actor, active), next: null, serverNow: context.clock.now() }
}

const activeRuns = prepared((db) =>
  db
    .select()
    .from(bulkMutes)
    .where(inArray(bulkMutes.status, ['running', 'paused', 'awaiting_approval']))
    .orderBy(desc(bulkMutes.createdAt))
    .limit(shownAtOnce)
    .prepare('active_runs'),
)
