import 'server-only'
import { and, asc, eq, ne, not, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { caseMentions, cases, caseViewers, moderators } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import type { SeeCaseInput } from './case-schemas'
import type { SeenDto } from './colleague-dtos'
import { presenceSeconds } from './queue-rules'

/** Who was heard of lately enough to count as looking at the case. */
export const isPresent = sql`${caseViewers.seenAt} >= ${databaseNow} - make_interval(secs => ${presenceSeconds})`
const isPast = not(isPresent)

/**
 * Says that somebody looks at a case, and tells who else does and which version it is at. Looking locks nothing; whoever
 * was named there has seen it then. Rows of
 * those who went are cleared away by whoever looks next. Throws `FORBIDDEN` and `NOT_FOUND`.
 */
export async function seeCase(
  { db, clock }: Context,
  actor: Actor,
  { caseId, isTyping }: SeeCaseInput,
): Promise<SeenDto> {
  requirePermission(actor, 'reports:read')
  const [found] = await db.select({ version: cases.version }).from(cases).where(eq(cases.id, caseId))
  if (!found) throw new AppError('NOT_FOUND')
  await db
    .insert(caseViewers)
    .values({ caseId, moderatorId: actor.id, isTyping })
    .onConflictDoUpdate({
      target: [caseViewers.caseId, caseViewers.moderatorId],
      set: { seenAt: databaseNow, isTyping },
    })
  await db
    .delete(caseMentions)
    .where(and(eq(caseMentions.moderatorId, actor.id), eq(caseMentions.caseId, caseId)))
  await db.delete(caseViewers).where(and(eq(caseViewers.caseId, caseId), isPast))
  const viewers = await db
    .select({ id: moderators.id, name: moderators.name, isTyping: caseViewers.isTyping })
    .from(caseViewers)
    .innerJoin(moderators, eq(moderators.id, caseViewers.moderatorId))
    .where(and(eq(caseViewers.caseId, caseId), ne(caseViewers.moderatorId, actor.id)))
    .orderBy(asc(moderators.name))
  return { viewers, version: found.version, serverNow: clock.now() }
}
