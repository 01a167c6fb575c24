import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { appeals, auditHead, cases, reports } from '@/lib/db/schema'
import { decisionOf, muteAnHour, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { untilWaiting } from '@/lib/testing/until-waiting'
import { decideCase } from './decide'
import { fileAppeal } from './file-appeal'
import { reopenDueCases } from './reopen-due'
import { sweepReporter } from './sweep-reporter'

describeOnBothDatabases('a sweep', (freshDb, kind) => {
  // The embedded database has one connection, so that nothing there happens at once.
  test.runIf(kind === 'PostgreSQL')(
    'does not close a case over an appeal that is being filed meanwhile',
    async () => {
      const { db, world, actor, lead, accusedId, case: own } = await startDecisionStage(await freshDb())
      onTestFinished(() => world.close())
      const { context } = world
      await decideCase(
        context,
        actor,
        decisionOf(own.id, { ...muteAnHour, lookAgainAt: Date.now() + 60_000 }),
      )
      await db.update(cases).set({ lookAgainAt: 1 })
      await reopenDueCases(context)
      await db.update(reports).set({ verdict: null })

      let under: Promise<unknown[]> | undefined
      // The appeal has the case by then and waits to be recorded; the sweep comes to the case.
      await db.transaction(async (tx) => {
        await tx.select().from(auditHead).for('update')
        const appeal = fileAppeal(context, actor, {
          ...{ idempotencyKey: crypto.randomUUID(), connection: 'sg', userId: accusedId },
          ...{ text: 'It was not me', language: 'en' },
        })
        await untilWaiting(db, 1)
        under = Promise.all([appeal, sweepReporter(context, lead, { connection: 'sg', reporterId: 'rita' })])
        under.catch(() => {})
        await untilWaiting(db, 2)
      })
      expect(await under).toMatchObject([{ status: 'open' }, { reports: 1, cases: 0 }])
      const [row] = await db.select().from(cases).where(eq(cases.id, own.id))
      expect(row).toMatchObject({ closedAt: null, verdict: null })
      expect(await db.select().from(appeals)).toMatchObject([{ caseId: own.id, status: 'open' }])
    },
  )
})
