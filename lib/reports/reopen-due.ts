import 'server-only'
import { and, eq, lte } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { lookAgain } from './look-again'

/** Brings those closed cases back that shall be looked at again by now, each once. */
export async function reopenDueCases({ db }: Pick<Context, 'db'>): Promise<void> {
  const due = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.status, 'closed'), lte(cases.lookAgainAt, databaseNow)))
    .limit(100)
  for (const { id } of due) await lookAgain({ db }, id, { isBurst: false })
}
