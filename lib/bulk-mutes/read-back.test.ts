import { afterEach, expect, test, vi } from 'vitest'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startBulkMute } from './start'

describeOnBothDatabases('a run in a group', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(() => stage.world.close())

  test('is done when its members have been read back', async () => {
    stage = await startBulkStage(await freshDb())
    const members = Array.from({ length: 5 }, (_, index) => `member-${index}`)
    await stage.world.addGroups({
      id: '@TGS#2BACK',
      name: 'Back',
      owner: 'lin',
      members: members.map((id) => ({ id })),
    })
    const { id } = await stage.create(members, { kind: 'mute', groupId: '@TGS#2BACK' })
    await stage.work()
    const { token } = await stage.look(id)
    // The answer to the reading comes long after the outcomes are on record.
    await stage.control.setLatency(400)
    await startBulkMute(stage.context, stage.actor, { bulkId: id, token: String(token) })
    const work = stage.work()
    await vi.waitFor(async () => expect((await stage.look(id)).status).toBe('done'), {
      timeout: 20_000,
      interval: 10,
    })
    expect((await stage.items(id)).filter(({ verifiedAt }) => verifiedAt === null)).toEqual([])
    await work
  })
})
