import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { auditEvents } from '@/lib/db/schema'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { addCase } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { exportBulkMute } from './export'
import { undoBulkMute } from './undo'

describeOnBothDatabases('exportBulkMute', (freshDb) => {
  test('gives all accounts or those that failed, their ids first, and says so in the audit', async () => {
    const stage = await startBulkStage(await freshDb())
    const { context, db, control } = stage
    const viewer = await addActor(db, 'viewer')
    const ids = await stage.addAccounts(4, (index) =>
      index === 3 ? { oneToOne: 90_000, allGroups: 90_000 } : {},
    )
    await control.addFaults({
      kind: 'code',
      code: 130005,
      api: 'setnospeaking',
      account: ids[1] ?? '',
      times: 'always',
    })
    const { id: bulkId, undos } = await stage.run(ids)
    expect(undos).toEqual([])
    const rowsOf = async (input: { bulkId: string; only?: 'failed' }): Promise<Record<string, string>[]> =>
      parse((await exportBulkMute(context, viewer, input)).csv, { bom: true, columns: true })

    const all = await rowsOf({ bulkId })
    expect(Object.keys(all[0] ?? {})[0]).toBe('user_id')
    expect(all.map(({ user_id }) => user_id).sort()).toEqual(ids)
    expect(all.find(({ user_id }) => user_id === ids[3])).toMatchObject({
      state: 'skipped',
      reason: 'already_longer',
    })
    const [failed, ...others] = await rowsOf({ bulkId, only: 'failed' })
    expect(others).toEqual([])
    expect(failed).toMatchObject({ user_id: ids[1], state: 'rejected', reason: 'refused', code: '130005' })

    const events = await db.select().from(auditEvents).where(eq(auditEvents.type, 'bulk_mute.exported'))
    expect(events.map(({ actorId, data }) => ({ actorId, data }))).toEqual([
      { actorId: viewer.id, data: { bulk: bulkId, rows: 4 } },
      { actorId: viewer.id, data: { bulk: bulkId, rows: 1 } },
    ])

    const key = { bulkId, idempotencyKey: crypto.randomUUID() }
    const undo = await undoBulkMute(context, stage.actor, key)
    expect((await stage.look(bulkId)).undos).toEqual([undo.id])
    await stage.world.close()
  })

  test('names the cases that the run decides, for those who may see cases', async () => {
    const stage = await startBulkStage(await freshDb())
    const { context, db, actor } = stage
    const [ann = '', ben = ''] = await stage.addAccounts(2)
    const [first, second] = [
      await addCase(db, { accusedId: ann }),
      await addCase(db, { accusedId: ann, peerId: 'wei' }),
    ]
    const cases = { ids: [first.id, second.id], wish: 'valid' as const }
    const { id: bulkId } = await stage.create([ann, ben], { kind: 'mute', cases })
    await stage.work()
    const casesFor = async (reader: Actor) => {
      const { csv } = await exportBulkMute(context, reader, { bulkId })
      const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true })
      return new Map(rows.map((row) => [row.user_id, row.cases]))
    }
    const shown = await casesFor(actor)
    expect(shown.get(ann)).toBe(`${first.number} waiting; ${second.number} waiting`)
    expect(shown.get(ben)).toBe('')
    expect((await casesFor(await addActor(db, 'viewer'))).get(ann)).toBe('')
    await stage.world.close()
  })
})
