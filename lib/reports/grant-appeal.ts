import 'server-only'
import { and, eq, not, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { appeals, cases, notices } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import { findNoticeTemplates } from '@/lib/settings/notice-templates'
import { bringBack } from './bring-back'
import { aboutCase, hasOpenAppeal, nobody } from './change-case'
import type { Decision } from './decision-rows'
import { appealAnswerText, noticeLocaleOf, takenBackText } from './notice-text'
import { noticeHoldSeconds } from './rules'

/**
 * Grants the appeal that waits against a decision which was taken back in another way: there is nothing left to answer.
 * The accused is told, and a case that waited for the answer is open as any other. Gives what the caller records.
 */
export async function grantAppeal(
  tx: Tx,
  { id: decisionId, case: own }: Decision,
  by: Pick<Actor, 'id' | 'name'>,
): Promise<AuditEvent[]> {
  const [granted] = await tx
    .update(appeals)
    .set({ status: 'lifted', answeredAt: databaseNow, answeredBy: by.id })
    .where(and(eq(appeals.decisionId, decisionId), eq(appeals.status, 'open')))
    .returning({ id: appeals.id, language: appeals.language })
  if (!granted) return []
  const [taken] = await tx
    .update(cases)
    .set({ ...nobody, status: 'decided', version: sql`${cases.version} + 1` })
    .where(and(eq(cases.id, own.id), eq(cases.status, 'appealed'), not(hasOpenAppeal)))
    .returning({ id: cases.id })
  if (taken) await bringBack(tx, own.id, { from: 'decided', to: 'reopened', by })
  const language = noticeLocaleOf(granted.language)
  await tx.insert(notices).values({
    id: crypto.randomUUID(),
    decisionId,
    caseId: own.id,
    kind: 'appeal_answer',
    connection: own.connection,
    userId: own.accusedId,
    language,
    text: appealAnswerText(await findNoticeTemplates(tx), language, takenBackText[language], null),
    sendAfter: inSeconds(noticeHoldSeconds),
  })
  const { data, ...about } = aboutCase(own)
  return [
    {
      type: 'appeal.answered',
      actorId: by.id,
      actorName: by.name,
      ...about,
      data: { ...data, appeal: granted.id, answer: 'lifted' },
    },
  ]
}
