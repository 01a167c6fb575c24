import { desc, eq, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { systemClock } from '@/lib/clock'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { auditEvents, cases, evidenceMessages, moderators, reports } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { claimCase } from '@/lib/reports/claim'
import { addActor } from './moderators'

type NewCase = Partial<typeof cases.$inferInsert>
type NewReport = Partial<typeof reports.$inferInsert>
type NewMessage = { messageId: string; senderId: string; text: string | null; sentAt: number } & Partial<
  typeof evidenceMessages.$inferInsert
>

/** What the verbs on cases work with: a database and rows put straight into it; no provider is asked. */
export function startCaseStage(db: Db) {
  const context: Context = {
    db,
    clock: systemClock,
    connections: [{ key: 'sg', name: 'Singapore', provider: 'tencent' }],
    provider() {
      throw new AppError('UNKNOWN_CONNECTION')
    },
  }
  let made = 0
  return {
    context,
    /** Puts a new case of harassment on an account of its own into the queue, unless told otherwise. */
    async addCase(about: NewCase = {}) {
      made += 1
      const [row] = await db
        .insert(cases)
        .values({
          id: crypto.randomUUID(),
          connection: 'sg',
          accusedId: `accused_${made}`,
          category: 'harassment',
          dueAt: Date.now() + 3_600_000,
          ...about,
        })
        .returning()
      if (!row) throw new Error('the case was not inserted')
      return row
    },
    async addReport(caseRow: typeof cases.$inferSelect, about: NewReport = {}) {
      await db.insert(reports).values({
        id: crypto.randomUUID(),
        caseId: caseRow.id,
        source: 'api',
        connection: caseRow.connection,
        reporterId: 'reporter',
        accusedId: caseRow.accusedId,
        category: caseRow.category,
        messageIds: [],
        idempotencyKey: crypto.randomUUID(),
        inputHash: '',
        ...about,
      })
    },
    async addMessage(caseId: string, { senderId, text, ...about }: NewMessage) {
      const message = { senderId, kind: 'text', text, state: 'present' }
      await db
        .insert(evidenceMessages)
        .values({ caseId, seq: about.messageId, message, hash: '', isReported: false, ...about })
    },
  }
}

/** The same with two moderators who work on cases, and what tests of claims need. */
export async function startCasework(db: Db) {
  const stage = startCaseStage(db)
  const ann = { ...(await addActor(db, 'support')), name: 'Ann' }
  const ben = { ...(await addActor(db, 'moderator')), name: 'Ben' }
  for (const { id, name } of [ann, ben])
    await db.update(moderators).set({ name }).where(eq(moderators.id, id))
  const look = async (id: string) => {
    const [row] = await db.select().from(cases).where(eq(cases.id, id))
    if (!row) throw new Error('the case is gone')
    return row
  }
  return {
    ...stage,
    db,
    ann,
    ben,
    look,
    claim: (who: Actor, { id, version }: { id: string; version: number }, takeOver?: true) =>
      claimCase(stage.context, who, { caseId: id, version, ...(takeOver && { takeOver }) }),
    /** Lets a claim or a hold come to its end. */
    lapse: (id: string) =>
      db
        .update(cases)
        .set({
          claimUntil: sql`claim_until - interval '1 day'`,
          heldUntil: sql`held_until - interval '8 days'`,
        })
        .where(eq(cases.id, id)),
    async lastEvent() {
      const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1)
      return event
    },
  }
}

/** The code and the details that a verb refused with. */
export const refusalOf = async (refused: Promise<unknown>) => {
  const error = await refused.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error(`it was not refused: ${error}`)
  return { code: error.code, ...error.options.details }
}
