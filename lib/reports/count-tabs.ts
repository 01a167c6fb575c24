import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { endingAccounts } from './expiring'
import type { TabCountsDto } from './queue-dtos'
import { isAppealed, isHeld, isUnclaimed } from './queue-order'
import { isMine } from './queue-part'
import { maxTabCount } from './queue-rules'

/** How many cases are in each tab but Done, up to a thousand each, in one statement. Throws `FORBIDDEN`. */
export async function countTabs({ db, clock }: Context, actor: Actor): Promise<TabCountsDto> {
  requirePermission(actor, 'reports:read')
  const [counts] = await db
    .select({
      new: counted(sql`select from ${cases} where ${isUnclaimed}`),
      mine: counted(sql`select from ${cases} where ${isMine(actor.id)}`),
      held: counted(sql`select from ${cases} where ${isHeld}`),
      appeals: counted(sql`select from ${cases} where ${isAppealed}`),
      expiring: counted(endingAccounts(clock.now())),
      nextReturnAt: sql<number | null>`(select min(held_until) from ${cases} where ${isHeld})`.mapWith(
        cases.heldUntil,
      ),
    })
    .from(sql`(select) as nothing`)
  if (!counts) throw new Error('the counts were not given')
  return counts
}

function counted(rows: SQL): SQL<number> {
  return sql<number>`(select count(*)::int from (${rows} limit ${maxTabCount}) as counted)`
}
