import 'server-only'
import { asc, eq } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { evidenceMessages } from '@/lib/db/schema'
import { keptMessageSchema, type MessageDto } from './case-schemas'
import type { CaseRow } from './change-case'
import { keptFilesSchema, toFileDtos } from './file-schemas'
import { gapsBefore } from './gaps'
import { shownMessages } from './queue-rules'
import { tellSenders } from './tell-senders'

/** The messages of a case as they were when the reports came, oldest first. A row that cannot be read is left out. */
export async function readTranscript(db: Db, of: CaseRow): Promise<MessageDto[]> {
  const rows = await db
    .select()
    .from(evidenceMessages)
    .where(eq(evidenceMessages.caseId, of.id))
    .orderBy(asc(evidenceMessages.sentAt), asc(evidenceMessages.seq))
    .limit(shownMessages)
  const gaps = gapsBefore(rows, of.groupId !== '')
  const kept = rows.flatMap((row, at) => {
    const parsed = keptMessageSchema.safeParse(row.message)
    return parsed.success ? [{ row, message: parsed.data, isAfterGap: gaps[at] ?? false }] : []
  })
  const told = await tellSenders(
    db,
    of,
    kept.map(({ message }) => message.senderId),
  )
  return kept.map(
    ({ row, message: { senderId, ...message }, isAfterGap }): MessageDto => ({
      messageId: row.messageId,
      ...told(senderId),
      sentAt: row.sentAt,
      ...message,
      files: toFileDtos(keptFilesSchema.parse(row.message)),
      isReported: row.isReported,
      takenAt: row.takenAt,
      goneAt: row.goneAt,
      isAfterGap,
    }),
  )
}
