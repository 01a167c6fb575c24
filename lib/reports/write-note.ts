import 'server-only'
import { eq } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { accountNotes, caseMentions, cases } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { WriteNoteInput } from './case-schemas'
import { listColleagues } from './list-colleagues'
import { namedIn } from './mention-rules'

/**
 * Writes a note about an account, or about a case's accused; a sticky one is on top at every later visit. It adds and
 * takes nothing away, so it needs no claim and no version. Colleagues whom it names by `@` and their name find the case
 * among theirs until they open it. Throws `FORBIDDEN`, `UNKNOWN_CONNECTION` and `NOT_FOUND`.
 */
export async function writeNote(
  context: Context,
  actor: Actor,
  { about, text, isSticky }: WriteNoteInput,
): Promise<{ noteId: string }> {
  requirePermission(actor, 'reports:work')
  const noteId = crypto.randomUUID()
  const colleagues = 'caseId' in about && text.includes('@') ? await listColleagues(context, actor) : []
  // In one order: two notes that name the same people would wait for each other otherwise.
  const named = namedIn(text, colleagues).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  if ('connection' in about) context.provider(about.connection)
  await context.db.transaction(async (tx) => {
    const { connection, userId, where } =
      'caseId' in about ? await accusedOf(tx, about.caseId) : { ...about, where: null }
    await tx.insert(accountNotes).values({
      id: noteId,
      connection,
      userId,
      caseId: where?.case ?? null,
      authorId: actor.id,
      text,
      isSticky,
    })
    if (where !== null && named.length > 0)
      await tx
        .insert(caseMentions)
        .values(named.map(({ id: moderatorId }) => ({ moderatorId, caseId: where.case })))
        .onConflictDoNothing()
    await record(tx, {
      type: 'note.written',
      actorId: actor.id,
      actorName: actor.name,
      connection,
      userId,
      data: { ...where, isSticky, ...(named.length > 0 && { named: named.map(({ name }) => name) }) },
    })
  })
  return { noteId }
}

async function accusedOf(tx: Tx, caseId: string) {
  const [found] = await tx
    .select({ number: cases.number, connection: cases.connection, userId: cases.accusedId })
    .from(cases)
    .where(eq(cases.id, caseId))
  if (!found) throw new AppError('NOT_FOUND')
  const { number, ...account } = found
  return { ...account, where: { case: caseId, number } }
}
