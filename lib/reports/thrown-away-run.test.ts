import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { cancelBulkMute } from '@/lib/bulk-mutes/cancel'
import { auditEvents, bulkMuteCases } from '@/lib/db/schema'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { addCase } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { concludeRunCases } from './conclude-run-cases'
import { getCase } from './get'

describeOnBothDatabases('a preview that is thrown away', (freshDb) => {
  test('lets go of its cases and leaves no trace on them', async () => {
    const stage = await startBulkStage(await freshDb())
    onTestFinished(() => stage.world.close())
    const { db, context, actor } = stage
    const [ann = ''] = await stage.addAccounts(1)
    const own = await addCase(db, { accusedId: ann })
    const { id: bulkId } = await stage.create([ann], {
      kind: 'mute',
      cases: { ids: [own.id], wish: 'valid' },
    })
    await stage.work()
    const runs = async () => (await getCase(context, actor, { caseId: own.id })).runs
    expect(await runs()).toMatchObject([{ bulkId, state: 'waiting' }])
    await cancelBulkMute(context, actor, { bulkId })
    expect(await concludeRunCases(context)).toBe(1)
    expect(await db.select().from(bulkMuteCases)).toMatchObject([{ status: 'left', why: 'skipped' }])
    expect(await db.$count(auditEvents, eq(auditEvents.type, 'case.left_open'))).toBe(0)
    expect(await runs()).toEqual([])
  })
})
