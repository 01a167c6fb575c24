import 'server-only'
import { and, inArray, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Db, Tx } from '@/lib/db'
import { rowsOf } from '@/lib/db/rows'
import { reportMutes, setAsideReports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { storableText } from '@/lib/db/storable-text'
import { AppError } from '@/lib/errors'
import type { ReportPolicies } from '@/lib/settings/report-rules'
import type { FiledReportDto } from './report-schemas'
import { refusalOf } from './require-offered'
import type { NewReport, ReportAuthor } from './write-reports'

/** Whose reports may have to be set aside. Ids may hold anything printable, so a line break parts them. */
export const reporterKeyOf = ({
  connection,
  reporterId,
}: {
  connection: string
  reporterId: string | null
}) => `${connection}\n${reporterId}`

/** The reporters among these who were ever muted; one statement, for the few that `setAsideMuted` has to look at. */
export async function findEverMuted(
  db: Db,
  asked: readonly Pick<NewReport, 'connection' | 'reporterId'>[],
): Promise<Set<string>> {
  if (asked.every(({ reporterId }) => reporterId === null)) return new Set()
  const found = await db
    .selectDistinct({ connection: reportMutes.connection, reporterId: reportMutes.reporterId })
    .from(reportMutes)
    .where(isOfReporters(asked))
  return new Set(found.map(reporterKeyOf))
}

type Filing = { author: ReportAuthor | null; report: NewReport }

/**
 * Puts reports with different keys on record and into no case, where their reporters are muted now by the database's
 * clock. The same key with the same input gives the first one again, also when the mute has ended since. Gives for each, in
 * the same order, its answer, or why it is refused (`IDEMPOTENCY_MISMATCH`, `INVALID_INPUT` for a category that there is
 * not); null: its reporter is not muted.
 */
export function setAsideMuted(
  db: Db,
  policies: ReportPolicies,
  filing: readonly Filing[],
): Promise<(FiledReportDto | AppError | null)[]> {
  return db.transaction(async (tx) => {
    const reportsOf = filing.map(({ report }) => report)
    const muteOf = await lockMutes(tx, reportsOf)
    const earlierOf = await findEarlier(tx, reportsOf)
    const answers = filing.map(({ author, report }) => {
      const earlier = earlierOf(report)
      if (earlier) return sameAgain(report, earlier)
      const mute = muteOf.get(reporterKeyOf(report))
      if (mute === undefined || report.reporterId === null) return null
      const refusal = author && refusalOf(policies, report.category)
      return refusal ?? rowOf(author, { ...report, reporterId: report.reporterId }, mute)
    })
    const rows = answers.flatMap((answer) => (answer && 'reportMuteId' in answer ? [answer] : []))
    const written = rows.length > 0 ? await insert(tx, rows) : new Map<string, number>()
    const events = answers.flatMap((answer, index) => {
      const author = filing[index]?.author ?? null
      return answer && 'reportMuteId' in answer ? [eventOf(author, answer)] : []
    })
    if (events.length > 0) await recordAll(tx, events)
    return answers.map((answer) =>
      answer && 'reportMuteId' in answer ? answerOf(answer, written.get(answer.id) ?? 0) : answer,
    )
  })
}

/**
 * The mute in force of each of their reporters. All are locked: of one reporter's reports the later ones see the
 * earlier.
 */
async function lockMutes(tx: Tx, asked: readonly NewReport[]): Promise<Map<string, string>> {
  const mutes = await tx
    .select({
      id: reportMutes.id,
      connection: reportMutes.connection,
      reporterId: reportMutes.reporterId,
      isInForce: sql<boolean>`${reportMutes.liftedAt} is null and ${reportMutes.until} > ${databaseNow}`,
    })
    .from(reportMutes)
    .where(isOfReporters(asked))
    .orderBy(reportMutes.id)
    .for('update')
  return new Map(mutes.filter(({ isInForce }) => isInForce).map((mute) => [reporterKeyOf(mute), mute.id]))
}

function isOfReporters(asked: readonly Pick<NewReport, 'connection' | 'reporterId'>[]) {
  const connections = [...new Set(asked.map(({ connection }) => connection))]
  const reporterIds = [...new Set(asked.flatMap(({ reporterId }) => reporterId ?? []))]
  return and(inArray(reportMutes.connection, connections), inArray(reportMutes.reporterId, reporterIds))
}

type Row = typeof setAsideReports.$inferSelect
type NewRow = Omit<Row, 'receivedAt'>

function rowOf(
  author: ReportAuthor | null,
  report: NewReport & { reporterId: string },
  reportMuteId: string,
): NewRow {
  return {
    ...report,
    id: crypto.randomUUID(),
    reportMuteId,
    text: storableText(report.text),
    actorId: author?.id ?? null,
    apiKeyId: author?.apiKey?.id ?? null,
  }
}

async function insert(tx: Tx, rows: readonly NewRow[]): Promise<Map<string, number>> {
  const written = await tx
    .insert(setAsideReports)
    .select(rowsOf(setAsideReports, rows))
    .returning({ id: setAsideReports.id, receivedAt: setAsideReports.receivedAt })
  return new Map(written.map(({ id, receivedAt }) => [id, receivedAt]))
}

function eventOf(author: ReportAuthor | null, row: NewRow): AuditEvent {
  const { id, connection, accusedId, source, category, messageIds } = row
  return {
    type: 'report.set_aside',
    actorId: author?.id ?? null,
    actorName: author?.name ?? 'system',
    connection,
    userId: accusedId,
    data: {
      ...{ report: id, source, category, messages: messageIds.length },
      ...(author?.apiKey && { apiKey: author.apiKey.prefix }),
    },
  }
}

function answerOf(
  { id, connection, accusedId }: Pick<Row, 'id' | 'connection' | 'accusedId'>,
  receivedAt: number,
): FiledReportDto {
  return { id, connection, accusedId, receivedAt, caseId: null, caseNumber: null }
}

function sameAgain({ inputHash }: NewReport, earlier: Row): FiledReportDto | AppError {
  if (earlier.inputHash !== inputHash) return new AppError('IDEMPOTENCY_MISMATCH')
  return answerOf(earlier, earlier.receivedAt)
}

async function findEarlier(
  tx: Tx,
  asked: readonly NewReport[],
): Promise<(report: NewReport) => Row | undefined> {
  const keyOf = ({ source, idempotencyKey }: Pick<Row, 'source' | 'idempotencyKey'>) =>
    `${source}\n${idempotencyKey}`
  const sources = [...new Set(asked.map(({ source }) => source))]
  const keys = asked.map(({ idempotencyKey }) => idempotencyKey)
  const found = await tx
    .select()
    .from(setAsideReports)
    .where(and(inArray(setAsideReports.source, sources), inArray(setAsideReports.idempotencyKey, keys)))
  const byKey = new Map(found.map((row) => [keyOf(row), row]))
  return (report) => byKey.get(keyOf(report))
}
