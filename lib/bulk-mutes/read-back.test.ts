import { afterEach, expect, test, vi } from 'vitest'
import type { Context } from '@/lib/context'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { runBulkMutes } from './run-due'
import { startBulkMute } from './start'

describeOnBothDatabases('a run in a group', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(() => stage.world.close())

  /** Five members of a Tencent group, previewed and not started. */
  async function begin() {
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
    return {
      id,
      start: () => startBulkMute(stage.context, stage.actor, { bulkId: id, token: String(token) }),
    }
  }

  test('takes one permit for one call, and none to find out that nothing is left', async () => {
    const { id, start } = await begin()
    await start()
    let taken = 0
    const counting: Context = {
      ...stage.context,
      provider(key) {
        const provider = stage.context.provider(key)
        const takeMutePermit: typeof provider.takeMutePermit = (...asked) => {
          taken += 1
          return provider.takeMutePermit(...asked)
        }
        return { ...provider, takeMutePermit }
      },
    }
    await runBulkMutes(counting, AbortSignal.timeout(60_000))
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 5 } })
    expect(taken).toBe(1)
  })

  test('is done when its members have been read back', async () => {
    const { id, start } = await begin()
    // The answer to the reading comes long after the outcomes are on record.
    await stage.control.setLatency(400)
    await start()
    const work = stage.work()
    await vi.waitFor(async () => expect((await stage.look(id)).status).toBe('done'), {
      timeout: 20_000,
      interval: 10,
    })
    expect((await stage.items(id)).filter(({ verifiedAt }) => verifiedAt === null)).toEqual([])
    await work
  })
})
