import 'server-only'
import { and, desc, eq, inArray, ne, not } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import { hasPermission } from '@/lib/auth/roles'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { appeals, cases, decisions, reports } from '@/lib/db/schema'
import { placeStates } from '@/lib/mutes/matrix-states'
import { placeOf } from '@/lib/mutes/place'
import { getMutePresets } from '@/lib/settings/get-mute-presets'
import { findReportPolicies } from '@/lib/settings/report-policies'
import { policyOf } from '@/lib/settings/report-rules'
import { adviceFor } from './advice'
import { type CaseRow, getCaseRow, hasOpenAppeal } from './change-case'
import { decisionDto } from './decision-dto'
import type { DecisionBasisDto, DecisionPlaceDto } from './decision-dtos'
import type { CaseIdInput } from './decision-schemas'
import { isInReachOf } from './needs-lead'
import { noticeLocaleOf } from './notice-text'
import { openCaseStatuses } from './rules'
import { isLiftInReach, isUndoInReach } from './undo-reach'

/**
 * What somebody who decides a case needs before the two questions: what the ladder says, where the accused can be muted
 * and what holds there by the ledger, the other open cases that are under no appeal, the last decision and an appeal
 * against it. Throws `FORBIDDEN` and `NOT_FOUND`.
 */
export async function getDecisionBasis(
  context: Context,
  actor: Actor,
  { caseId }: CaseIdInput,
): Promise<DecisionBasisDto> {
  requirePermission(actor, 'reports:read')
  const { db, clock } = context
  const own = await getCaseRow(db, caseId)
  const [advice, policies, presets, places, others, last, appeal, language] = await Promise.all([
    adviceFor(db, own, clock.now()),
    findReportPolicies(db),
    getMutePresets(context, actor),
    placesOf(context, own),
    otherCases(db, own, actor),
    lastDecision(db, caseId),
    openAppeal(db, caseId, actor),
    languageOf(db, caseId),
  ])
  return {
    caseId,
    number: own.number,
    version: own.version,
    status: own.status,
    category: own.category,
    connection: own.connection,
    accusedId: own.accusedId,
    advice,
    policyText: policyOf(policies, own.category).text,
    presets: presets.presets,
    places,
    kick: own.groupId === '' ? null : own.groupId,
    others,
    last: last === null ? null : await decisionDto(context, last),
    appeal,
    language,
    mayDecide: hasPermission(actor.role, 'reports:work'),
    mayUndo:
      hasPermission(actor.role, 'reports:work') && last !== null && (await isUndoInReach(db, actor.id, last)),
    mayMuteForever: hasPermission(actor.role, 'mutes:apply-forever'),
    serverNow: clock.now(),
  }
}

/** Everywhere, the case's group, its topic: those of them where the provider has such mutes. */
async function placesOf(
  context: Context,
  { connection, accusedId, groupId, topicId }: CaseRow,
): Promise<DecisionPlaceDto[]> {
  const user = { connection, userId: accusedId }
  const named = [
    { kind: 'everywhere', key: {}, place: placeOf(user), isThere: true },
    { kind: 'group', key: { groupId }, place: placeOf({ ...user, groupId }), isThere: groupId !== '' },
    {
      kind: 'topic',
      key: { groupId, topicId },
      place: placeOf({ ...user, groupId, topicId }),
      isThere: topicId !== '',
    },
  ] as const
  const places = await Promise.all(
    named
      .filter(({ isThere }) => isThere)
      .map(async ({ kind, key, place }) => ({ kind, ...key, states: await placeStates(context, place) })),
  )
  return places.filter(({ states }) => states.length > 0)
}

function otherCases(db: Db, { id, connection, accusedId }: CaseRow, { id: me }: Actor) {
  return db
    .select({
      caseId: cases.id,
      number: cases.number,
      version: cases.version,
      category: cases.category,
      reportCount: cases.reportCount,
      groupId: cases.groupId,
    })
    .from(cases)
    .where(
      and(
        eq(cases.connection, connection),
        eq(cases.accusedId, accusedId),
        ne(cases.id, id),
        inArray(cases.status, [...openCaseStatuses]),
        not(hasOpenAppeal),
        isInReachOf(me),
      ),
    )
    .orderBy(cases.number)
    .limit(20)
}

async function lastDecision(db: Db, caseId: string): Promise<string | null> {
  const [last] = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(eq(decisions.caseId, caseId))
    .orderBy(desc(decisions.decidedAt))
    .limit(1)
  return last?.id ?? null
}

async function openAppeal(db: Db, caseId: string, actor: Actor) {
  const [row] = await db
    .select({ appeal: appeals, decidedBy: decisions.actorId })
    .from(appeals)
    .innerJoin(decisions, eq(decisions.id, appeals.decisionId))
    .where(and(eq(appeals.caseId, caseId), eq(appeals.status, 'open')))
  if (!row) return null
  const { id, text, receivedAt, decisionId } = row.appeal
  const language =
    row.appeal.language === '' ? await languageOf(db, caseId) : noticeLocaleOf(row.appeal.language)
  return {
    ...{ id, text, language, receivedAt, decisionId, isOwnDecision: row.decidedBy === actor.id },
    mayLift: await isLiftInReach(db, actor.id, decisionId),
  }
}

/** The language in which the accused is told unless somebody chooses another: that of the latest report that told one. */
async function languageOf(db: Db, caseId: string) {
  const [row] = await db
    .select({ language: reports.language })
    .from(reports)
    .where(and(eq(reports.caseId, caseId), ne(reports.language, '')))
    .orderBy(desc(reports.receivedAt))
    .limit(1)
  return noticeLocaleOf(row?.language ?? '')
}
