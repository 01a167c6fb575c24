import 'server-only'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { caseColumns, caseDto, withNames } from './case-dto'
import type { InquiryDto } from './case-schemas'

/** The bar names one case and says how many more there are. */
const shownAtOnce = 5

/** The cases that this moderator has in hand, the one claimed or renewed last first. Throws `FORBIDDEN`. */
export async function listInquiries({ db, clock }: Context, actor: Actor): Promise<InquiryDto> {
  requirePermission(actor, 'reports:work')
  const now = clock.now()
  const rows = await withNames(db.select(caseColumns).from(cases).$dynamic())
    .where(
      and(
        eq(cases.claimedBy, actor.id),
        eq(cases.status, 'claimed'),
        sql`${cases.claimUntil} > ${databaseNow}`,
      ),
    )
    .orderBy(desc(cases.claimUntil), cases.id)
    .limit(shownAtOnce)
  return { cases: rows.map((row) => caseDto(row, actor.id, now)), serverNow: now }
}
