import 'server-only'
import { and, desc, eq, type Placeholder, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { prepared } from '@/lib/db/prepared'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { caseColumns, caseDto, withNames } from './case-dto'
import type { InquiryDto } from './case-schemas'
import { isInReachOf } from './needs-lead'
import { isUrgent } from './queue-order'

/** The bar names one case and says how many more there are. */
const shownAtOnce = 5

/**
 * The cases that this moderator has in hand, the one claimed or renewed last first, and of the urgent ones that wait for
 * anybody the oldest and how many there are. Throws `FORBIDDEN`.
 */
export async function listInquiries({ db, clock }: Context, actor: Actor): Promise<InquiryDto> {
  requirePermission(actor, 'reports:work')
  const now = clock.now()
  const asked = { actorId: actor.id }
  const [[held], [urgent = null]] = await Promise.all([
    heldCases(db).execute(asked),
    urgentCases(db).execute(asked),
  ])
  if (!held) return { cases: [], urgent, serverNow: now }
  const rows = await withNames(db.select(caseColumns).from(cases).$dynamic())
    .where(inHandOf(actor.id))
    .orderBy(desc(cases.claimUntil), cases.id)
    .limit(shownAtOnce)
  return { cases: rows.map((row) => caseDto(row, actor.id, now)), urgent, serverNow: now }
}

const inHandOf = (actorId: string | Placeholder) =>
  and(eq(cases.claimedBy, actorId), eq(cases.status, 'claimed'), sql`${cases.claimUntil} > ${databaseNow}`)

/**
 * Every page asks, and most moderators have nothing in hand: to plan the joins costs thirty times as much as this. It has
 * no limit, since a statement with one is planned anew each time.
 */
const heldCases = prepared((db) =>
  db
    .select({ id: cases.id })
    .from(cases)
    .where(inHandOf(sql.placeholder('actorId')))
    .prepare('held_cases'),
)

const urgentCases = prepared((db) =>
  db
    .select({ id: cases.id, number: cases.number, count: sql<number>`(count(*) over ())::int` })
    .from(cases)
    .where(and(isUrgent, isInReachOf(sql.placeholder('actorId'))))
    .orderBy(cases.urgentAt)
    .limit(1)
    .prepare('urgent_cases'),
)
