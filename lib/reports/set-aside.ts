import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db, Tx } from '@/lib/db'
import { reportMutes, setAsideReports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { storableText } from '@/lib/db/storable-text'
import { AppError } from '@/lib/errors'
import { findReportPolicies } from '@/lib/settings/report-policies'
import type { FiledReportDto } from './report-schemas'
import { requireOffered } from './require-offered'
import type { NewReport, ReportAuthor } from './write-reports'

/** Whose reports may have to be set aside. Ids may hold anything printable, so a line break parts them. */
export const reporterKeyOf = ({
  connection,
  reporterId,
}: {
  connection: string
  reporterId: string | null
}) => `${connection}\n${reporterId}`

/** The reporters among these who were ever muted; one statement, for the few that `setAsideIfMuted` has to look at. */
export async function findEverMuted(
  db: Db,
  asked: readonly Pick<NewReport, 'connection' | 'reporterId'>[],
): Promise<Set<string>> {
  const reporterIds = [...new Set(asked.flatMap(({ reporterId }) => reporterId ?? []))]
  const connections = [...new Set(asked.map(({ connection }) => connection))]
  if (reporterIds.length === 0) return new Set()
  const found = await db
    .selectDistinct({ connection: reportMutes.connection, reporterId: reportMutes.reporterId })
    .from(reportMutes)
    .where(and(inArray(reportMutes.connection, connections), inArray(reportMutes.reporterId, reporterIds)))
  return new Set(found.map(reporterKeyOf))
}

/**
 * Puts a report on record and into no case, where its reporter is muted now by the database's clock; null: they are not.
 * The same key with the same input gives the first one again, also when the mute has ended since. Reports of somebody who
 * was ever muted come one after the other. Throws `IDEMPOTENCY_MISMATCH`, and `INVALID_INPUT` for a category that there
 * is not.
 */
export async function setAsideIfMuted(
  db: Db,
  author: ReportAuthor | null,
  report: NewReport,
): Promise<FiledReportDto | null> {
  return db.transaction((tx) => setAside(tx, author, report))
}

async function setAside(
  tx: Tx,
  author: ReportAuthor | null,
  { reporterId, ...report }: NewReport,
): Promise<FiledReportDto | null> {
  if (reporterId === null) return null
  const mutes = await tx
    .select({
      id: reportMutes.id,
      isInForce: sql<boolean>`${reportMutes.liftedAt} is null and ${reportMutes.until} > ${databaseNow}`,
    })
    .from(reportMutes)
    .where(and(eq(reportMutes.connection, report.connection), eq(reportMutes.reporterId, reporterId)))
    .orderBy(reportMutes.id)
    .for('update')
  if (mutes.length === 0) return null
  const earlier = await findEarlier(tx, report)
  if (earlier) return earlier
  const mute = mutes.find(({ isInForce }) => isInForce)
  if (!mute) return null
  if (author) requireOffered(await findReportPolicies(tx), report.category)
  const [kept] = await tx
    .insert(setAsideReports)
    .values({
      ...{ ...report, reporterId, id: crypto.randomUUID(), reportMuteId: mute.id },
      text: storableText(report.text),
      ...{ actorId: author?.id ?? null, apiKeyId: author?.apiKey?.id ?? null },
    })
    .returning({ id: setAsideReports.id, receivedAt: setAsideReports.receivedAt })
  if (!kept) throw new Error('the report was not written')
  const { connection, accusedId, source, category, messageIds } = report
  await record(tx, {
    type: 'report.set_aside',
    actorId: author?.id ?? null,
    actorName: author?.name ?? 'system',
    connection,
    userId: accusedId,
    data: {
      ...{ report: kept.id, source, category, messages: messageIds.length },
      ...(author?.apiKey && { apiKey: author.apiKey.prefix }),
    },
  })
  return { ...kept, connection, accusedId, caseId: null, caseNumber: null }
}

async function findEarlier(
  tx: Tx,
  { source, idempotencyKey, inputHash }: Omit<NewReport, 'reporterId'>,
): Promise<FiledReportDto | null> {
  const [found] = await tx
    .select()
    .from(setAsideReports)
    .where(and(eq(setAsideReports.source, source), eq(setAsideReports.idempotencyKey, idempotencyKey)))
  if (!found) return null
  if (found.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH')
  const { id, connection, accusedId, receivedAt } = found
  return { id, connection, accusedId, receivedAt, caseId: null, caseNumber: null }
}
