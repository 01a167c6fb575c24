import { expect, onTestFinished, test } from 'vitest'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { previewBulkMuteAgain } from './preview-again'

describeOnBothDatabases('a run over the groups of one account', (freshDb) => {
  test('is previewed again in the groups that the account is in by then', async () => {
    const { control, context, actor, world, create, work, look, items } = await startBulkStage(
      await freshDb(),
    )
    onTestFinished(() => world.close())
    const members = [{ id: 'ann', role: 3 as const }]
    const groups = ['#left', '#kept'].map((id) => ({ id, members }))
    await control.seed({ zego: { users: [{ id: 'ann' }], groups } })
    const leave = (group: string) =>
      control.putZegoGroup({ group, members: [{ id: 'ann', isMember: false }] })
    const { id } = await create(['ann'], { kind: 'mute', connection: 'zim', everyGroup: true })
    await work()
    expect(await look(id)).toMatchObject({ status: 'previewed', forecasts: { mute: 2 } })

    await leave('#left')
    await control.seed({ zego: { groups: [{ id: '#joined', members }] } })
    await previewBulkMuteAgain(context, actor, { bulkId: id })
    await work()
    expect(await look(id)).toMatchObject({ status: 'previewed', total: 2, forecasts: { mute: 2 } })
    expect((await items(id)).map(({ groupId }) => groupId).sort()).toEqual(['#joined', '#kept'])

    // In none any more it keeps them, and at each stands why nothing will be sent.
    for (const group of ['#joined', '#kept']) await leave(group)
    await previewBulkMuteAgain(context, actor, { bulkId: id })
    await work()
    expect(await look(id)).toMatchObject({ status: 'previewed', total: 2, doing: 0 })
  })

  test('is previewed as it was made when the provider will not list the account’s groups', async () => {
    const { control, context, actor, world, create, work, look } = await startBulkStage(await freshDb())
    onTestFinished(() => world.close())
    const groups = [{ id: '#kept', members: [{ id: 'ann', role: 3 as const }] }]
    await control.seed({ zego: { users: [{ id: 'ann' }], groups } })
    const { id } = await create(['ann'], { kind: 'mute', connection: 'zim', everyGroup: true })
    await work()
    // As of an account that was deleted.
    await control.addFaults({
      ...{ kind: 'code', api: 'QueryGroupsInfoOfUser', code: 660000002, times: 'always' },
    })
    await previewBulkMuteAgain(context, actor, { bulkId: id })
    await work()
    expect(await look(id)).toMatchObject({ status: 'previewed', total: 1, forecasts: { mute: 1 } })
  })
})
