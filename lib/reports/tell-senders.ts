import 'server-only'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { recallAccounts } from '@/lib/accounts/recall'
import type { Db } from '@/lib/db'
import { reports } from '@/lib/db/schema'
import type { MessageDto } from './case-schemas'
import type { CaseRow } from './change-case'

type Sender = Pick<MessageDto, 'sender' | 'side'>

/** Who the senders of messages are, by what the directory remembers, and what they are in a case. */
export async function tellSenders(
  db: Db,
  { id, connection, accusedId }: Pick<CaseRow, 'id' | 'connection' | 'accusedId'>,
  senderIds: readonly string[],
): Promise<(senderId: string) => Sender> {
  const senders = [...new Set(senderIds)]
  const [known, reporters] = await Promise.all([
    recallAccounts(db, [connection], senders),
    whoReported(db, id, senders),
  ])
  const nicknames = new Map(known.map(({ userId, nickname }) => [userId, nickname]))
  return (senderId) => ({
    sender: { userId: senderId, nickname: nicknames.get(senderId) ?? null },
    side: senderId === accusedId ? 'accused' : reporters.has(senderId) ? 'reporter' : 'other',
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
