import 'server-only'
import { eq } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { accountNotes, cases } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { WriteNoteInput } from './case-schemas'

/**
 * Writes a note about an account, or about a case's accused; a sticky one is on top at every later visit. It adds and
 * takes nothing away, so it needs no claim and no version. Throws `FORBIDDEN`, `UNKNOWN_CONNECTION` and `NOT_FOUND`.
 */
export async function writeNote(
  context: Context,
  actor: Actor,
  { about, text, isSticky }: WriteNoteInput,
): Promise<{ noteId: string }> {
  requirePermission(actor, 'reports:work')
  const noteId = crypto.randomUUID()
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
    await record(tx, {
      type: 'note.written',
      actorId: actor.id,
      actorName: actor.name,
      connection,
      userId,
      data: { ...where, isSticky },
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
