import 'server-only'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Db, Tx } from '@/lib/db'
import { rowsOf } from '@/lib/db/rows'
import { reports } from '@/lib/db/schema'
import { storableText } from '@/lib/db/storable-text'
import { policyOf, type ReportPolicies } from '@/lib/settings/report-rules'
import { markUrgent } from './mark-urgent'
import { type Accusation, mergeIntoCases } from './merge-into-cases'
import type { FiledReportDto } from './report-schemas'
import type { ReportCategory } from './rules'

type ReportRow = typeof reports.$inferSelect

export type ReportAuthor = Pick<Actor, 'id' | 'name' | 'apiKey'>

/** An accusation with where it came from; the key tells a second arrival of the same one. */
export type NewReport = Accusation &
  Pick<
    ReportRow,
    'source' | 'text' | 'language' | 'messageIds' | 'clientTime' | 'idempotencyKey' | 'inputHash'
  >

type FiledInCase = FiledReportDto & { caseId: string; caseNumber: number }

/** The key of one of them came a second time at the same moment, and the first one is on record: all are rolled back. */
export class FiledMeanwhile extends Error {}

type Filing = { author: ReportAuthor | null; report: NewReport }

/**
 * Writes reports with different keys into their cases, each with its audit event, in one transaction; their answers, in
 * the same order, and whether one of them makes a case urgent. `waits` and null as in `mergeIntoCases`. Throws
 * `FiledMeanwhile`.
 */
export function writeReports(
  db: Db,
  policies: ReportPolicies,
  asked: readonly Filing[],
  { waits }: { waits: boolean },
): Promise<{ filed: (FiledInCase | null)[]; isUrgent: boolean }> {
  return db.transaction(async (tx) => {
    const accusations = asked.map(({ report }) => report)
    const into = await mergeIntoCases(tx, policies, accusations, { waits })
    const filing = asked.filter((_, index) => into[index] !== null)
    if (filing.length === 0) return { filed: into.map(() => null), isUrgent: false }
    const filed = await insert(
      tx,
      filing,
      into.filter((one) => one !== null),
    )
    const urgent = await markEachUrgent(tx, policies, filed, filing)
    const events = filing.map(({ author, report }, index) => eventOf(author, report, filed[index]))
    await recordAll(tx, [...events, ...urgent])
    const answerOf = new Map(filing.map((one, index) => [one, filed[index]]))
    return { filed: asked.map((one) => answerOf.get(one) ?? null), isUrgent: urgent.length > 0 }
  })
}

/** Each case once, by the first of its urgent reports. */
async function markEachUrgent(
  tx: Tx,
  policies: ReportPolicies,
  filed: readonly FiledInCase[],
  filing: readonly { report: NewReport }[],
): Promise<AuditEvent[]> {
  const urgent = new Map<string, ReportCategory>()
  filing.forEach(({ report: { category } }, index) => {
    const { caseId } = filed[index] ?? {}
    const isFirst = caseId !== undefined && !urgent.has(caseId)
    if (isFirst && policyOf(policies, category).isUrgent) urgent.set(caseId, category)
  })
  const events: AuditEvent[] = []
  for (const [caseId, category] of urgent)
    events.push(...(await markUrgent(tx, { caseId, category, isReported: true })))
  return events
}

async function insert(
  tx: Tx,
  filing: readonly Filing[],
  into: readonly { id: string; number: number }[],
): Promise<FiledInCase[]> {
  const rows = filing.map(({ author, report }, index) => {
    const { groupId: _group, topicId: _topic, peerId: _peer, ...kept } = report
    return {
      ...kept,
      id: crypto.randomUUID(),
      caseId: into[index]?.id ?? '',
      text: storableText(report.text),
      actorId: author?.id ?? null,
      apiKeyId: author?.apiKey?.id ?? null,
    }
  })
  const written = await tx
    .insert(reports)
    .select(rowsOf(reports, rows))
    .onConflictDoNothing({ target: [reports.source, reports.idempotencyKey] })
    .returning({ id: reports.id, receivedAt: reports.receivedAt })
  if (written.length < rows.length) throw new FiledMeanwhile()
  const receivedAt = new Map(written.map((row) => [row.id, row.receivedAt]))
  return rows.map(({ id, connection, accusedId, caseId }, index) => ({
    ...{ id, connection, accusedId, caseId },
    caseNumber: into[index]?.number ?? 0,
    receivedAt: receivedAt.get(id) ?? 0,
  }))
}

function eventOf(
  author: ReportAuthor | null,
  { connection, accusedId, source, category, messageIds, groupId, topicId }: NewReport,
  filed: FiledInCase | undefined,
) {
  if (!filed) throw new Error('a report was not written')
  return {
    type: 'report.filed' as const,
    actorId: author?.id ?? null,
    actorName: author?.name ?? 'system',
    connection,
    userId: accusedId,
    data: {
      report: filed.id,
      case: filed.caseId,
      number: filed.caseNumber,
      source,
      category,
      messages: messageIds.length,
      ...(groupId !== '' && { group: groupId }),
      ...(topicId !== '' && { topic: topicId }),
      ...(author?.apiKey && { apiKey: author.apiKey.prefix }),
    },
  }
}
