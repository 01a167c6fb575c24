import 'server-only'
import { and, eq, lte } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { bringBack } from './bring-back'

import { aboutCase } from './change-case'

/** Brings those closed cases back that shall be looked at again by now, each once. */
export async function reopenDueCases({ db }: Pick<Context, 'db'>): Promise<void> {
  const due = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.status, 'closed'), lte(cases.lookAgainAt, databaseNow)))
    .limit(100)
  for (const { id } of due) {
    await db.transaction(async (tx) => {
      const back = await bringBack(tx, id, { from: 'closed', to: 'reopened', by: null })
      if (!back) return
      await record(tx, { type: 'case.look_again', actorId: null, actorName: 'system', ...aboutCase(back) })
    })
  }
}
