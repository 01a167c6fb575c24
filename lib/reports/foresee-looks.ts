import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import type { LooksDto } from './queue-dtos'
import { isClosed } from './queue-order'
import { foreseenSeconds, maxTabCount } from './queue-rules'

/**
 * The closed cases that come back within a day, as somebody wanted to look again when the mute ends: how many, counted up
 * to `maxTabCount`, and when the first does. Throws `FORBIDDEN`.
 */
export async function foreseeLooks({ db, clock }: Context, actor: Actor): Promise<LooksDto> {
  requirePermission(actor, 'reports:read')
  const now = clock.now()
  const [after, until] = [now, now + foreseenSeconds * 1_000].map((at) => sql.param(at, cases.lookAgainAt))
  const [looks] = await db
    .select({
      count: sql<number>`count(*)::int`,
      firstAt: sql<number | null>`min(coming.look_again_at)`.mapWith(cases.lookAgainAt),
    })
    .from(
      sql`(select look_again_at from ${cases}
        where ${isClosed} and ${cases.lookAgainAt} > ${after} and ${cases.lookAgainAt} <= ${until}
        order by ${cases.lookAgainAt} limit ${maxTabCount}) as coming`,
    )
  if (!looks) throw new Error('the looks were not counted')
  return looks
}
