import 'server-only'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { evidenceMessages } from '@/lib/db/schema'
import type { TranscriptDto } from './case-schemas'
import type { CaseRow } from './change-case'
import { keptFilesSchema, toFileDtos } from './file-schemas'
import { gapsBefore } from './gaps'
import { keptMessageSchema } from './kept-schemas'
import { shownMessages } from './queue-rules'
import { evidenceAround } from './rules'
import { tellSenders } from './tell-senders'

type Row = typeof evidenceMessages.$inferSelect

/**
 * One page of the messages of a case as they were when the reports came, oldest first; `after` is the id of the message
 * before them, null the beginning. A row that cannot be read is left out.
 */
export async function readTranscript(db: Db, of: CaseRow, after: string | null): Promise<TranscriptDto> {
  const rows = await rowsOf(db, of.id, after, 'after', shownMessages + evidenceAround)
  // What is missing between two messages is told by those around them, on the pages beside this one too.
  const before = after === null ? [] : await rowsOf(db, of.id, after, 'before', evidenceAround + 1)
  const gaps = gapsBefore([...before.toReversed(), ...rows], of.groupId !== '').slice(before.length)
  const kept = rows.slice(0, shownMessages).flatMap((row, at) => {
    const parsed = keptMessageSchema.safeParse(row.message)
    return parsed.success ? [{ row, message: parsed.data, isAfterGap: gaps[at] ?? false }] : []
  })
  const told = await tellSenders(
    db,
    of,
    kept.map(({ message }) => message.senderId),
  )
  const messages = kept.map(({ row, message: { senderId, ...message }, isAfterGap }) => ({
    messageId: row.messageId,
    ...told(senderId),
    sentAt: row.sentAt,
    ...message,
    files: toFileDtos(keptFilesSchema.parse(row.message)),
    isReported: row.isReported,
    takenAt: row.takenAt,
    goneAt: row.goneAt,
    isAfterGap,
  }))
  const last = rows[shownMessages - 1]
  return { messages, next: rows.length > shownMessages && last ? last.messageId : null }
}

/** So many kept messages beyond one, the nearest first; `before` has that one among them. */
function rowsOf(db: Db, caseId: string, edge: string | null, side: 'before' | 'after', count: number) {
  const { sentAt, seq, messageId } = evidenceMessages
  const isOfCase = eq(evidenceMessages.caseId, caseId)
  // As numbers of any length.
  const length = sql`length(${seq})`
  const place = sql`(select sent_at, length(seq), seq, message_id from ${evidenceMessages}
    where case_id = ${caseId} and message_id = ${edge})`
  const isBeyond: SQL | undefined =
    edge === null
      ? undefined
      : sql`(${sentAt}, ${length}, ${seq}, ${messageId}) ${sql.raw(comparisons[side])} ${place}`
  const order = side === 'after' ? asc : desc
  return db
    .select()
    .from(evidenceMessages)
    .where(and(isOfCase, isBeyond))
    .orderBy(order(sentAt), order(length), order(seq), order(messageId))
    .limit(count)
}

const comparisons = { before: '<=', after: '>' } as const

/** The place in the conversation of the first or last message that was kept; null: none was. */
export async function edgeOfKept(db: Db, caseId: string, edge: 'first' | 'last'): Promise<string | null> {
  const [row]: Pick<Row, 'seq'>[] = await rowsOf(db, caseId, null, edge === 'first' ? 'after' : 'before', 1)
  return row?.seq ?? null
}
