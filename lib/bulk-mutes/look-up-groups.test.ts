import { afterEach, expect, test } from 'vitest'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'

const everyGroup = { kind: 'mute', connection: 'zim', everyGroup: true } as const
/** Of ZEGO's lists of members, as the adapter asks for them. */
const membersPerPage = 500

describeOnBothDatabases('the preview of one account in every group', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(() => stage.world.close())

  const previewed = async () => {
    const { id } = await stage.create(['ann'], everyGroup)
    await stage.work(AbortSignal.timeout(1_000))
    const forecasts = (await stage.items(id)).map(({ groupId, forecast }) => [groupId, forecast])
    return { status: (await stage.look(id)).status, forecasts: Object.fromEntries(forecasts) }
  }

  test('finds an admin among thousands of members', async () => {
    stage = await startBulkStage(await freshDb())
    const before = Array.from({ length: 5 * membersPerPage }, (_, index) => ({ id: `m${index}`, role: 3 }))
    await stage.control.seed({
      zego: {
        users: [{ id: 'ann' }],
        groups: [{ id: '#crowd', members: [...before, { id: 'ann', role: 2 }] }],
      },
    })
    expect(await previewed()).toEqual({ status: 'previewed', forecasts: { '#crowd': 'admin' } })
  })

  test('leaves out a group that is refused, and waits when the connection is', async () => {
    stage = await startBulkStage(await freshDb())
    await stage.world.addRoom('#a', 'lin', 'ann')
    await stage.world.addRoom('#b', 'lin', 'ann')
    const api = 'QueryGroupMemberList'
    await stage.control.addFaults({ kind: 'code', code: 660600009, api })
    const { status, forecasts } = await previewed()
    expect([status, Object.values(forecasts).sort()]).toEqual(['previewed', ['cannot_mute_here', 'mute']])
    // About the connection, not about a group.
    await stage.control.addFaults({ kind: 'code', code: 660500002, api })
    expect(await previewed()).toMatchObject({ status: 'previewing' })
  })
})
