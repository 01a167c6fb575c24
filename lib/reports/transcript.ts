import 'server-only'
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import { recallAccounts } from '@/lib/accounts/recall'
import type { Db } from '@/lib/db'
import { evidenceMessages, reports } from '@/lib/db/schema'
import { keptMessageSchema, type MessageDto } from './case-schemas'
import type { CaseRow } from './change-case'
import { shownMessages } from './queue-rules'

/** The messages of a case as they were when the reports came, oldest first. A row that cannot be read is left out. */
export async function readTranscript(db: Db, { id, connection, accusedId }: CaseRow): Promise<MessageDto[]> {
  const rows = await db
    .select()
    .from(evidenceMessages)
    .where(eq(evidenceMessages.caseId, id))
    .orderBy(asc(evidenceMessages.sentAt), asc(evidenceMessages.seq))
    .limit(shownMessages)
  const kept = rows.flatMap((row) => {
    const parsed = keptMessageSchema.safeParse(row.message)
    return parsed.success ? [{ row, message: parsed.data }] : []
  })
  const senders = [...new Set(kept.map(({ message }) => message.senderId))]
  const [known, reporters] = await Promise.all([
    recallAccounts(db, [connection], senders),
    whoReported(db, id, senders),
  ])
  const nicknames = new Map(known.map(({ userId, nickname }) => [userId, nickname]))
  return kept.map(({ row, message: { senderId, ...message } }): MessageDto => {
    const side = senderId === accusedId ? 'accused' : reporters.has(senderId) ? 'reporter' : 'other'
    return {
      messageId: row.messageId,
      sender: { userId: senderId, nickname: nicknames.get(senderId) ?? null },
      side,
      sentAt: row.sentAt,
      ...message,
      isReported: row.isReported,
      takenAt: row.takenAt,
      goneAt: row.goneAt,
    }
  })
}

async function whoReported(db: Db, caseId: string, senders: string[]): Promise<Set<string | null>> {
  if (senders.length === 0) return new Set()
  const rows = await db
    .selectDistinct({ reporterId: reports.reporterId })
    .from(reports)
    .where(
      and(eq(reports.caseId, caseId), isNotNull(reports.reporterId), inArray(reports.reporterId, senders)),
    )
  return new Set(rows.map(({ reporterId }) => reporterId))
}
