import { afterEach, expect, test } from 'vitest'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startBulkMute } from './start'

describeOnBothDatabases('whoever leaves the group between preview and sending', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(() => stage.world.close())
  const ids = ['ana', 'bob', 'cy']

  const runWhileLeaving = async (group: string, connection: 'sg' | 'zim') => {
    const { context, actor, control } = stage
    const { id } = await stage.create(ids, { kind: 'mute', connection, groupId: group })
    await stage.work()
    const left = { group, members: [{ id: 'bob', isMember: false }] }
    await (connection === 'sg' ? control.putGroup(left) : control.putZegoGroup(left))
    await startBulkMute(context, actor, { bulkId: id, token: String((await stage.look(id)).token) })
    await stage.work()
    expect((await stage.look(id)).status).toBe('done')
    const items = await stage.items(id)
    return items.map((item) => [item.userId, item.state, item.differs, item.verifiedAt !== null])
  }

  test('is done at Tencent, which passes over them without a word, and said to be shown otherwise', async () => {
    stage = await startBulkStage(await freshDb())
    const group = '@TGS#2LEFT'
    await stage.world.addGroups({ id: group, name: 'Left', owner: 'lin', members: ids.map((id) => ({ id })) })
    expect(await runWhileLeaving(group, 'sg')).toEqual([
      ['ana', 'applied', false, true],
      ['bob', 'applied', true, false],
      ['cy', 'applied', false, true],
    ])
    const { id } = await stage.run(['ana', 'cy'], { kind: 'lift', groupId: group })
    expect((await stage.items(id)).map(({ differs }) => differs)).toEqual([false, false])
  })

  test('is refused at ZEGO; the others are muted', async () => {
    stage = await startBulkStage(await freshDb())
    await stage.world.addRoom('#left', 'lin', ...ids)
    expect(await runWhileLeaving('#left', 'zim')).toEqual([
      ['ana', 'applied', false, false],
      ['bob', 'rejected', false, false],
      ['cy', 'applied', false, false],
    ])
  })
})
