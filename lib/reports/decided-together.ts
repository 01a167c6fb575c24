import 'server-only'
import { and, arrayOverlaps, eq, inArray, ne, notInArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db'
import { bulkMuteCases, cases, decisions } from '@/lib/db/schema'
import { isDecidedSince } from './decided-since'
import type { TogetherDto } from './decision-dtos'
import type { Decision } from './decision-rows'
import { decisionPlanSchema } from './decision-schemas'

/**
 * Which other cases were decided together with this one, and what an undo does with them, or has done: it opens those
 * that this decision closed as well and those that stand by the same mute; what was decided again since stays closed,
 * and so do the cases of further accounts of its run. An appeal that was lifted took it back without opening what it
 * closed: of what an undo has done, cases that are closed are none that it opened.
 */
export async function decidedTogether(db: Db, decision: Decision): Promise<TogetherDto> {
  const siblings = await sameMuteAs(db, decision)
  const closed = [
    ...decision.plan.closeWith.map((caseId) => ({ caseId, by: decision.id })),
    ...siblings.flatMap(({ id, caseId, plan }) =>
      [caseId, ...decisionPlanSchema.parse(plan).closeWith].map((one) => ({ caseId: one, by: id })),
    ),
  ]
  const found = await casesOf(
    db,
    closed.map(({ caseId }) => caseId),
  )
  const isSince = await Promise.all(closed.map(({ caseId, by }) => isDecidedSince(db, by, caseId)))
  const among = (wanted: boolean) =>
    closed.flatMap(({ caseId }, at) => (isSince[at] === wanted ? (found.get(caseId) ?? []) : []))
  const numbersOf = (rows: Found[]) => rows.map(({ number }) => number).toSorted((a, b) => a - b)
  const own = [decision.id, ...siblings.map(({ id }) => id)]
  return {
    opens: numbersOf(
      among(false).filter(({ status }) => decision.status !== 'undone' || status !== 'closed'),
    ),
    stays: numbersOf(among(true)),
    ofRun: await countOfRun(db, decision, own),
  }
}

/** The decisions on further cases of the account that stand, or stood, by a mute of this one. */
export async function sameMuteAs(db: Db, { id, commandIds, status, case: of }: Decision) {
  if (commandIds.length === 0) return []
  return await db
    .select({ id: decisions.id, caseId: decisions.caseId, plan: decisions.plan })
    .from(decisions)
    .innerJoin(cases, eq(cases.id, decisions.caseId))
    .where(
      and(
        eq(cases.connection, of.connection),
        eq(cases.accusedId, of.accusedId),
        ne(decisions.id, id),
        eq(decisions.status, status),
        arrayOverlaps(decisions.commandIds, commandIds),
      ),
    )
}

type Found = Pick<typeof cases.$inferSelect, 'number' | 'status'>

async function casesOf(db: Db, caseIds: string[]): Promise<Map<string, Found>> {
  if (caseIds.length === 0) return new Map()
  const rows = await db
    .select({ id: cases.id, number: cases.number, status: cases.status })
    .from(cases)
    .where(inArray(cases.id, caseIds))
  return new Map(rows.map(({ id, ...found }) => [id, found]))
}

/** The cases of its run whose decisions stand and are none of these. */
async function countOfRun(db: Db, { id: decisionId, caseId }: Decision, own: string[]): Promise<number> {
  const link = alias(bulkMuteCases, 'link')
  const rows = await db
    .select({ id: decisions.id })
    .from(link)
    .innerJoin(bulkMuteCases, eq(bulkMuteCases.bulkId, link.bulkId))
    .innerJoin(decisions, eq(decisions.id, bulkMuteCases.decisionId))
    .where(
      and(
        eq(link.caseId, caseId),
        eq(link.decisionId, decisionId),
        eq(decisions.status, 'applied'),
        notInArray(decisions.id, own),
      ),
    )
  return rows.length
}
