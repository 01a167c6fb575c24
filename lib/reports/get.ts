import 'server-only'
import { and, desc, eq, ne } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { auditEvents, cases, decisions, moderators, strikes } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { caseColumns, caseDto, withNames } from './case-dto'
import type { CaseEventDto, CaseKey, CaseViewDto, DecisionDto } from './case-schemas'
import { type CaseRow, isAbout } from './change-case'
import { linkedWithAccused } from './list-linked'
import { notesOn } from './list-notes'
import { listReports } from './list-reports'
import { shownEarlier } from './queue-rules'
import { runsOfCase } from './runs-of-case'
import { readTranscript } from './transcript'

/** So many strikes and events are shown at most. */
const shownAtOnce = 50

/**
 * Everything that is worked on in one screen: the case, its reports with how often their reporters were right, the
 * evidence as it was kept, and what is known of the accused. Nothing is asked of the provider. Throws `FORBIDDEN` and
 * `NOT_FOUND`.
 */
export async function getCase(
  { db, clock }: Context,
  actor: Actor,
  { caseId }: CaseKey,
): Promise<CaseViewDto> {
  requirePermission(actor, 'reports:read')
  const [found] = await withNames(db.select(caseColumns).from(cases).$dynamic()).where(eq(cases.id, caseId))
  if (!found) throw new AppError('NOT_FOUND')
  const { row } = found
  const now = clock.now()
  const [mergedInto, reports, transcript, strikes, earlier, notes, linked, decisions, runs, events] =
    await Promise.all([
      row.mergedInto === null ? null : findNumber(db, row.mergedInto),
      listReports(db, row),
      readTranscript(db, row, null),
      strikesOf(db, row),
      earlierCases(db, row),
      notesOn(db, { connection: row.connection, userId: row.accusedId }),
      linkedWithAccused(db, row, actor, now),
      decisionsOn(db, row),
      runsOfCase(db, row.id),
      eventsOf(db, row),
    ])
  return {
    case: caseDto(found, actor.id, now),
    ...{ mergedInto, reports, transcript, strikes, earlier, notes, linked, decisions, runs, events },
    serverNow: now,
  }
}

async function findNumber(db: Db, id: string): Promise<{ id: string; number: number } | null> {
  const [found] = await db.select({ id: cases.id, number: cases.number }).from(cases).where(eq(cases.id, id))
  return found ?? null
}

function strikesOf(db: Db, { connection, accusedId }: CaseRow) {
  return db
    .select({
      id: strikes.id,
      category: strikes.category,
      givenAt: strikes.givenAt,
      voidedAt: strikes.voidedAt,
    })
    .from(strikes)
    .where(and(eq(strikes.connection, connection), eq(strikes.userId, accusedId)))
    .orderBy(desc(strikes.givenAt))
    .limit(shownAtOnce)
}

function earlierCases(db: Db, { id, connection, accusedId }: CaseRow) {
  return db
    .select({
      id: cases.id,
      number: cases.number,
      status: cases.status,
      category: cases.category,
      verdict: cases.verdict,
      openedAt: cases.openedAt,
      closedAt: cases.closedAt,
    })
    .from(cases)
    .where(
      and(
        eq(cases.connection, connection),
        eq(cases.accusedId, accusedId),
        ne(cases.id, id),
        ne(cases.status, 'merged'),
      ),
    )
    .orderBy(desc(cases.openedAt))
    .limit(shownEarlier)
}

function decisionsOn(db: Db, { id }: CaseRow): Promise<DecisionDto[]> {
  return db
    .select({
      id: decisions.id,
      by: moderators.name,
      verdict: decisions.verdict,
      status: decisions.status,
      decidedAt: decisions.decidedAt,
    })
    .from(decisions)
    .innerJoin(moderators, eq(moderators.id, decisions.actorId))
    .where(eq(decisions.caseId, id))
    .orderBy(desc(decisions.decidedAt))
    .limit(shownAtOnce)
}

function eventsOf(db: Db, { id, accusedId }: CaseRow): Promise<CaseEventDto[]> {
  return db
    .select({ type: auditEvents.type, by: auditEvents.actorName, at: auditEvents.at })
    .from(auditEvents)
    .where(isAbout(id, accusedId))
    .orderBy(desc(auditEvents.seq))
    .limit(shownAtOnce)
}
