import 'server-only'
import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases, caseViewers, moderators } from '@/lib/db/schema'
import { caseColumns, caseDto, withNames } from './case-dto'
import type { CaseStandsDto, ReadStandsInput } from './live-schemas'
import { isPresent } from './see'

/**
 * Where cases that a page of the queue shows stand now, and who else looks at each. One that is not there is left out.
 * Throws `FORBIDDEN`.
 */
export async function readStands(
  { db, clock }: Context,
  actor: Actor,
  { cases: ids }: ReadStandsInput,
): Promise<CaseStandsDto> {
  requirePermission(actor, 'reports:read')
  const [rows, viewers] = await Promise.all([
    withNames(db.select(caseColumns).from(cases).$dynamic()).where(inArray(cases.id, ids)),
    db
      .select({
        caseId: caseViewers.caseId,
        id: moderators.id,
        name: moderators.name,
        isTyping: caseViewers.isTyping,
      })
      .from(caseViewers)
      .innerJoin(moderators, eq(moderators.id, caseViewers.moderatorId))
      .where(and(inArray(caseViewers.caseId, ids), ne(caseViewers.moderatorId, actor.id), isPresent))
      .orderBy(asc(moderators.name)),
  ])
  const now = clock.now()
  const viewersOf = Map.groupBy(viewers, ({ caseId }) => caseId)
  return {
    stands: rows.map((row) => {
      const { id, version, status, claim, held, needsLead, closedBy } = caseDto(row, actor.id, now)
      const holder = claim?.isLive ? row.row.claimedBy : null
      const others = (viewersOf.get(id) ?? []).map(({ caseId: _, ...viewer }) => ({
        ...viewer,
        hasClaim: viewer.id === holder,
      }))
      return { id, version, status, claim, held, needsLead, closedBy, viewers: others }
    }),
    serverNow: now,
  }
}
