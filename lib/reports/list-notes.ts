import 'server-only'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { prepared } from '@/lib/db/prepared'
import { accountNotes, cases, moderators } from '@/lib/db/schema'
import type { NoteDto, NotesDto } from './note-dtos'
import { shownNotes } from './queue-rules'

/** What moderators wrote about an account. Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`. */
export async function listNotes(context: Context, actor: Actor, account: AccountKey): Promise<NotesDto> {
  requirePermission(actor, 'reports:read')
  context.provider(account.connection)
  return { notes: await notesOn(context.db, account), serverNow: context.clock.now() }
}

/** What was written about an account, there or in a case: what is sticky first, then the newest. */
export async function notesOn(db: Db, { connection, userId }: AccountKey): Promise<NoteDto[]> {
  const [has] = await hasNote(db).execute({ connection, userId })
  if (!has?.some) return []
  return db
    .select({
      id: accountNotes.id,
      by: moderators.name,
      text: accountNotes.text,
      isSticky: accountNotes.isSticky,
      writtenAt: accountNotes.writtenAt,
      caseId: accountNotes.caseId,
      caseNumber: cases.number,
    })
    .from(accountNotes)
    .innerJoin(moderators, eq(moderators.id, accountNotes.authorId))
    .leftJoin(cases, eq(cases.id, accountNotes.caseId))
    .where(and(eq(accountNotes.connection, connection), eq(accountNotes.userId, userId)))
    .orderBy(desc(accountNotes.isSticky), desc(accountNotes.writtenAt))
    .limit(shownNotes)
}

/** Every page of an account asks, and most have none: to plan the joins costs many times as much as this. */
const hasNote = prepared((db) =>
  db
    .select({
      some: sql<boolean>`exists (select from ${accountNotes} where ${and(
        eq(accountNotes.connection, sql.placeholder('connection')),
        eq(accountNotes.userId, sql.placeholder('userId')),
      )})`,
    })
    .from(sql`(select) as one`)
    .prepare('has_note'),
)
