import 'server-only'
import { and, eq } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Db, Tx } from '@/lib/db'
import { cases, reports } from '@/lib/db/schema'
import { storableText } from '@/lib/db/storable-text'
import { AppError } from '@/lib/errors'
import { wakeSoon } from '@/lib/jobs/wake-soon'
import { policyOf } from '@/lib/settings/report-rules'
import { markUrgent } from './mark-urgent'
import { type Accusation, mergeIntoCase } from './merge-into-case'
import type { FiledReportDto } from './report-schemas'
import { requireOffered } from './require-offered'
import { setAsideIfMuted } from './set-aside'

type ReportRow = typeof reports.$inferSelect

/** An accusation with where it came from; the key tells a second arrival of the same one. */
export type NewReport = Accusation &
  Pick<
    ReportRow,
    'source' | 'text' | 'language' | 'messageIds' | 'clientTime' | 'idempotencyKey' | 'inputHash'
  >

/** The key came a second time at the same moment, and the first one is on record: this one is rolled back. */
class FiledMeanwhile extends Error {}

/**
 * Writes a report down and into its case, with its audit event, and has its evidence taken; where its reporter is muted,
 * aside and into none. The same key with the same
 * input gives the first report again. `author`: null, the provider's own moderation. Throws
 * `IDEMPOTENCY_MISMATCH`, and `INVALID_INPUT` for a category that there is not or not any more.
 */
export async function takeIn(
  db: Db,
  author: Pick<Actor, 'id' | 'name' | 'apiKey'> | null,
  report: NewReport,
): Promise<FiledReportDto> {
  const earlier = await findEarlier(db, report)
  if (earlier) return earlier
  try {
    const { isUrgent, ...filed } = await db.transaction((tx) => write(tx, author, report))
    if (isUrgent) wakeSoon('page-leads')
    if (filed.caseId !== null) wakeSoon('take-evidence')
    return filed
  } catch (error) {
    if (!(error instanceof FiledMeanwhile)) throw error
    const first = await findEarlier(db, report)
    if (!first) throw new Error('a report was filed meanwhile and is not there', { cause: error })
    return first
  }
}

async function write(
  tx: Tx,
  author: Pick<Actor, 'id' | 'name' | 'apiKey'> | null,
  asked: NewReport,
): Promise<FiledReportDto & { isUrgent: boolean }> {
  const aside = await setAsideIfMuted(tx, author, asked)
  if (aside) return { ...aside, isUrgent: false }
  const { groupId, topicId, peerId, ...report } = asked
  const { policies, ...into } = await mergeIntoCase(tx, { ...report, groupId, topicId, peerId })
  // The provider's own moderation does not choose among ours.
  if (author) requireOffered(policies, report.category)
  const [filed] = await tx
    .insert(reports)
    .values({
      ...report,
      id: crypto.randomUUID(),
      caseId: into.id,
      text: storableText(report.text),
      actorId: author?.id ?? null,
      apiKeyId: author?.apiKey?.id ?? null,
    })
    .onConflictDoNothing({ target: [reports.source, reports.idempotencyKey] })
    .returning({ id: reports.id, receivedAt: reports.receivedAt })
  if (!filed) throw new FiledMeanwhile()
  const { connection, accusedId, source, category, messageIds } = report
  await record(tx, {
    type: 'report.filed',
    actorId: author?.id ?? null,
    actorName: author?.name ?? 'system',
    connection,
    userId: accusedId,
    data: {
      report: filed.id,
      case: into.id,
      number: into.number,
      source,
      category,
      messages: messageIds.length,
      ...(groupId !== '' && { group: groupId }),
      ...(topicId !== '' && { topic: topicId }),
      ...(author?.apiKey && { apiKey: author.apiKey.prefix }),
    },
  })
  const { isUrgent } = policyOf(policies, category)
  if (isUrgent) await markUrgent(tx, into.id, category)
  return { ...filed, connection, accusedId, caseId: into.id, caseNumber: into.number, isUrgent }
}

async function findEarlier(
  db: Db,
  { source, idempotencyKey, inputHash }: NewReport,
): Promise<FiledReportDto | null> {
  const [found] = await db
    .select({
      id: reports.id,
      connection: reports.connection,
      accusedId: reports.accusedId,
      caseId: reports.caseId,
      caseNumber: cases.number,
      receivedAt: reports.receivedAt,
      inputHash: reports.inputHash,
    })
    .from(reports)
    .innerJoin(cases, eq(cases.id, reports.caseId))
    .where(and(eq(reports.source, source), eq(reports.idempotencyKey, idempotencyKey)))
  if (!found) return null
  const { inputHash: hash, ...earlier } = found
  if (hash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH')
  return earlier
}
