import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Actor } from '../../lib/auth/actor'
import type { Role } from '../../lib/auth/roles'
import { appContext } from '../../lib/context'
import type { Db } from '../../lib/db'
import { cases, moderators } from '../../lib/db/schema'
import { decideCase } from '../../lib/reports/decide'
import { fileAppeal } from '../../lib/reports/file-appeal'

/** Who is warned for her answer to what she reports herself, and appeals. */
const appealing = { userId: 'layla', connection: 'sg' } as const

/** Has the case on `appealing` decided and appealed against, by the verbs; a warning needs no provider to be there. */
export async function seedAppeal(db: Db): Promise<void> {
  const [own] = await db.select().from(cases).where(eq(cases.accusedId, appealing.userId))
  if (!own) throw new Error('the demo has no case to appeal in')
  const context = await appContext()
  await decideCase(context, await actorOf(db, 'support'), {
    ...{ idempotencyKey: randomUUID(), caseId: own.id, version: own.version },
    ...{ verdict: 'valid', actions: [{ kind: 'warn' }], closeWith: [], lookAgainAt: null },
    reasonText: 'Insulted another member',
    notify: { accused: 'en', reporters: false },
  })
  await fileAppeal(context, await actorOf(db, 'moderator'), {
    ...{ ...appealing, idempotencyKey: randomUUID(), language: 'ar' },
    text: 'لم أفعل سوى الرد على إهانته لديني. اقرؤوا ما كتبه قبلي من فضلكم.',
  })
}

async function actorOf(db: Db, role: Role): Promise<Actor> {
  const [row] = await db.select().from(moderators).where(eq(moderators.role, role))
  if (!row) throw new Error(`the demo has nobody for ${role}`)
  return { id: row.id, email: row.email, name: row.name, role, sessionId: null }
}
