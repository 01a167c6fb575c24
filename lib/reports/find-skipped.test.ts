import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEvents, cases } from '@/lib/db/schema'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { nobody } from './change-case'
import { claimNextCase } from './claim-next'

describeOnBothDatabases('the next case', (freshDb) => {
  test('is none that one has skipped while there are others, then the one skipped first; a colleague’s are their own', async () => {
    const { ann, ben, context, db, addCase } = await startCasework(await freshDb())
    const all = [
      await addCase({ priority: 9 }),
      await addCase({ priority: 8 }),
      await addCase({ priority: 7 }),
    ]
    const [first, second, third] = all.map(({ id }) => id)
    let current: string | null = null
    const next = async (who = ann) => {
      current = (await claimNextCase(context, who, { except: current }))?.caseId ?? null
      // What was in hand is given back.
      await db.update(cases).set({ status: 'triaged', ...nobody })
      return current
    }
    expect([await next(), await next(), await next()]).toEqual([first, second, third])
    const fresh = await addCase({ priority: 1 })
    expect([await next(), await next(), await next()]).toEqual([fresh.id, first, second])
    current = null
    expect(await next(ben)).toBe(first)
  })

  test('is like any other again when its skip is a shift ago', async () => {
    const { ann, context, db, addCase } = await startCasework(await freshDb())
    const best = await addCase({ priority: 9 })
    const other = await addCase({ priority: 8 })
    const next = async (except: string | null) => {
      const claim = await claimNextCase(context, ann, { except })
      await db.update(cases).set({ status: 'triaged', ...nobody })
      return claim?.caseId
    }
    const skippedAgo = (interval: string) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`alter table audit_events disable trigger audit_events_append_only`)
        await tx
          .update(auditEvents)
          .set({ at: sql`clock_timestamp() - ${interval}::interval` })
          .where(eq(auditEvents.type, 'case.skipped'))
        await tx.execute(sql`alter table audit_events enable trigger audit_events_append_only`)
      })
    expect(await next(best.id)).toBe(other.id)
    await skippedAgo('7 hours 59 minutes')
    expect(await next(null)).toBe(other.id)
    await skippedAgo('8 hours 1 minute')
    expect(await next(null)).toBe(best.id)
  })
})
