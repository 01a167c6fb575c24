import { afterEach, expect, test, vi } from 'vitest'
import { muteCommands } from '@/lib/db/schema'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { withProvider } from '@/lib/testing/bulk-under-way'
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
    const counting = withProvider(stage.context, (provider) => ({
      takeMutePermit(...asked) {
        taken += 1
        return provider.takeMutePermit(...asked)
      },
    }))
    await runBulkMutes(counting, AbortSignal.timeout(60_000))
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 5 } })
    expect(taken).toBe(1)
  })

  test('claims nobody while its one worker waits for its turn', async () => {
    const { id, start } = await begin()
    await start()
    const begun = Promise.withResolvers<void>()
    const turn = Promise.withResolvers<void>()
    const waiting = withProvider(stage.context, (provider) => ({
      async takeMutePermit(...asked) {
        begun.resolve()
        await turn.promise
        return provider.takeMutePermit(...asked)
      },
    }))
    const working = runBulkMutes(waiting, AbortSignal.timeout(60_000))
    await begun.promise
    // A claim's time would run out while it waits.
    expect((await stage.look(id)).states).toMatchObject({ pending: 5, sending: 0 })
    turn.resolve()
    await working
    expect((await stage.look(id)).states).toMatchObject({ applied: 5 })
  })

  test('does not take for done a member of whom the answer says nothing', async () => {
    const { id, start } = await begin()
    const { context, control, db } = stage
    await start()
    const reticent = withProvider(context, (provider) => ({
      async setMemberMutes(...asked) {
        const told = await provider.setMemberMutes(...asked)
        return new Map([...told].filter(([userId]) => userId !== 'member-3'))
      },
    }))
    const working = runBulkMutes(reticent, AbortSignal.timeout(60_000))
    await expect
      .poll(async () => (await stage.look(id)).states)
      .toMatchObject({ applied: 4, unknown: 1, sending: 0 })
    await db.update(muteCommands).set({ leaseUntil: 0 })
    await settleDueMutes(context)
    await working
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 5 } })
    expect(await control.journal()).toHaveLength(5)
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
