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
  const [some] = await whetherAny(db).execute(asked)
  const [rows, [urgent = null]] = await Promise.all([
    some?.isHeld ? heldCases(db, actor.id) : [],
    some?.isUrgent ? urgentCases(db).execute(asked) : [],
  ])
  return { cases: rows.map((row) => caseDto(row, actor.id, now)), urgent, serverNow: now }
}

const inHandOf = (actorId: string | Placeholder) =>
  and(eq(cases.claimedBy, actorId), eq(cases.status, 'claimed'), sql`${cases.claimUntil} > ${databaseNow}`)

const isUrgentFor = (actorId: Placeholder) => and(isUrgent, isInReachOf(actorId))

/** Every page asks, and mostly there is none: to plan the joins costs many times as much as this. */
const whetherAny = prepared((db) => {
  const actorId = sql.placeholder('actorId')
  return db
    .select({
      isHeld: sql<boolean>`exists (select from ${cases} where ${inHandOf(actorId)})`,
      isUrgent: sql<boolean>`exists (select from ${cases} where ${isUrgentFor(actorId)})`,
    })
    .from(sql`(select) as one`)
    .prepare('any_inquiry')
})

function heldCases(db: Context['db'], actorId: string) {
  return withNames(db.select(caseColumns).from(cases).$dynamic())
    .where(inHandOf(actorId))
    .orderBy(desc(cases.claimUntil), cases.id)
    .limit(shownAtOnce)
}

const urgentCases = prepared((db) =>
  db
    .select({ id: cases.id, number: cases.number, count: sql<number>`(count(*) over ())::int` })
    .from(cases)
    .where(isUrgentFor(sql.placeholder('actorId')))
    .orderBy(cases.urgentAt)
    .limit(1)
    .prepare('urgent_cases'),
)
