import 'server-only'
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { cases, evidenceMessages } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { ProviderError } from '@/lib/provider/errors'
import type { ChatMessage } from '@/lib/provider/port'
import { type Conversation, listsOf, readBack } from './read-history'

/** However often a case is opened, the provider is asked no oftener than this, in seconds. */
const againSeconds = 60
/** Further back nothing is looked at again. */
const maxPages = 10
/** How long whoever looks at the case waits, in ms. */
const patienceMs = 10_000

type Kept = Pick<typeof evidenceMessages.$inferSelect, 'messageId' | 'seq'>

/**
 * Asks the provider whether a case's kept messages are still there and marks those that are gone since. At most once a
 * minute and case, a bounded stretch back; `isChecked`: it was asked now. What is older than anything the provider still
 * has may have expired and is left as it is. Throws `FORBIDDEN` and `NOT_FOUND`.
 */
export async function recheckEvidence(
  context: Context,
  actor: Actor,
  { caseId }: { caseId: string },
): Promise<{ isChecked: boolean; gone: string[] }> {
  requirePermission(actor, 'reports:read')
  const { db } = context
  const conversation = await takeTurn(db, caseId)
  if (!conversation) return { isChecked: false, gone: [] }
  const kept = await db
    .select({ messageId: evidenceMessages.messageId, seq: evidenceMessages.seq })
    .from(evidenceMessages)
    .where(and(eq(evidenceMessages.caseId, caseId), isNull(evidenceMessages.goneAt)))
    // As numbers of any length.
    .orderBy(sql`length(${evidenceMessages.seq})`, evidenceMessages.seq)
  if (kept.length === 0) return { isChecked: true, gone: [] }
  try {
    const gone = await findGone(context, conversation, kept)
    if (gone.length > 0)
      await db
        .update(evidenceMessages)
        .set({ goneAt: databaseNow })
        .where(
          and(
            eq(evidenceMessages.caseId, caseId),
            inArray(evidenceMessages.messageId, gone),
            isNull(evidenceMessages.goneAt),
          ),
        )
    return { isChecked: true, gone }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { isChecked: false, gone: [] }
  }
}

/** Null: somebody asked a moment ago. */
async function takeTurn(db: Db, caseId: string): Promise<Conversation | null> {
  const [taken] = await db
    .update(cases)
    .set({ evidenceCheckedAt: databaseNow })
    .where(
      and(
        eq(cases.id, caseId),
        or(
          isNull(cases.evidenceCheckedAt),
          lt(cases.evidenceCheckedAt, sql`${databaseNow} - make_interval(secs => ${againSeconds})`),
        ),
      ),
    )
    .returning()
  if (taken) return taken
  const [there] = await db.select({ id: cases.id }).from(cases).where(eq(cases.id, caseId))
  if (!there) throw new AppError('NOT_FOUND')
  return null
}

/** Of `kept`, in ascending order, those that are missing or told to be gone in every view that reaches back to them. */
async function findGone(
  context: Context,
  conversation: Conversation,
  kept: readonly Kept[],
): Promise<string[]> {
  const oldest = BigInt(kept[0]?.seq ?? '0')
  const reaches = (messages: readonly ChatMessage[]) => BigInt(messages.at(-1)?.seq ?? oldest) < oldest
  const options = { priority: 'interactive', signal: AbortSignal.timeout(patienceMs) } as const
  let left = [...kept]
  for (const list of listsOf(context, conversation, options)) {
    const { messages } = await readBack(list, reaches, maxPages)
    const back = BigInt(messages.at(-1)?.seq ?? '-1')
    const present = new Set(
      messages.filter(({ state }) => state === 'present').map(({ messageId }) => messageId),
    )
    left = left.filter(
      ({ messageId, seq }) => messages.length > 0 && BigInt(seq) >= back && !present.has(messageId),
    )
    if (left.length === 0) break
  }
  return left.map(({ messageId }) => messageId)
}
