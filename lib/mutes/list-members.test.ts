import { afterEach, expect, test } from 'vitest'
import { muteStates } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { place, places, placeWish, startGroupMutesStage } from '@/lib/testing/group-mutes-stage'
import { applyMute } from './apply'
import { listMembers } from './list-members'
import type { ListMembersInput } from './place-schemas'

describeOnBothDatabases('the members of a group', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startGroupMutesStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    await stage.world.close()
  })

  async function begin() {
    stage = await startGroupMutesStage(await freshDb())
    const { db, world, actor, control } = stage
    const list = (input: Omit<ListMembersInput, 'connection'>) =>
      listMembers(world.context, actor, { connection: 'sg', ...input })
    const briefly = async (input: Omit<ListMembersInput, 'connection'>) =>
      (await list(input)).members.map(({ userId, name, state }) => ({
        userId,
        name,
        isMuted: state.until !== null,
      }))
    return { db, context: world.context, actor, control, list, briefly }
  }

  test('come with name, role and what holds for each; who is not muted leaves no trace', async () => {
    const { db, context, actor, list } = await begin()
    const mute = await applyMute(context, actor, placeWish(places['a member of a group']))
    const page = await list({ groupId: place.group })
    expect(page).toMatchObject({ next: null, total: 3 })
    expect(page.members).toMatchObject([
      { userId: 'lin', name: 'Name of lin', role: 1, state: { until: null, version: 0 } },
      {
        userId: 'amy',
        name: 'Name of amy',
        role: 3,
        state: { scope: 'group', until: mute.changes[0]?.after, version: 1, cause: { id: mute.id } },
      },
      { userId: 'bob', name: 'Bobby', role: 3, state: { until: null } },
    ])
    for (const { state } of page.members) expect(state.checkedAt).toEqual(expect.any(Number))
    expect((await db.select().from(muteStates)).map(({ userId }) => userId)).toEqual(['amy'])
  })

  test('a mute that was set elsewhere is seen, noted and shown as drift', async () => {
    const { db, control, list } = await begin()
    await control.putGroup({ group: place.group, members: [{ id: 'bob', muted: 600 }] })
    const { members } = await list({ groupId: place.group })
    expect(members.find(({ userId }) => userId === 'bob')?.state).toMatchObject({
      drift: 'set_outside',
      until: expect.any(Number),
    })
    expect((await db.select().from(muteStates)).map(({ userId }) => userId)).toEqual(['bob'])
    await control.putGroup({ group: place.group, members: [{ id: 'bob', muted: null }] })
    const later = await list({ groupId: place.group })
    expect(later.members.find(({ userId }) => userId === 'bob')?.state).toMatchObject({
      drift: null,
      until: null,
    })
  })

  test('in a topic it is the mutes of that topic that count', async () => {
    const { control, briefly } = await begin()
    await control.putGroup({
      group: place.community,
      members: [{ id: 'bob', muted: 600 }],
      topics: [{ id: place.news, members: [{ id: 'amy', muted: 600 }] }],
    })
    const muted = async (topicId?: string) =>
      (await briefly({ groupId: place.community, ...(topicId === undefined ? {} : { topicId }) }))
        .filter(({ isMuted }) => isMuted)
        .map(({ userId }) => userId)
    expect(await muted()).toEqual(['bob'])
    expect(await muted(place.news)).toEqual(['amy'])
    expect(await muted(place.talk)).toEqual([])
  })

  test('only the muted: by the provider’s word, and whom it let go without this console', async () => {
    const { context, actor, control, list } = await begin()
    await applyMute(context, actor, placeWish(places['a member of a group']))
    await control.putGroup({
      group: place.group,
      members: [
        { id: 'amy', muted: null },
        { id: 'bob', muted: 'forever' },
      ],
    })
    const page = await list({ groupId: place.group, only: 'muted' })
    expect(page).toMatchObject({ next: null, total: 2 })
    expect(page.members).toMatchObject([
      { userId: 'amy', name: 'Name of amy', role: null, state: { drift: 'lifted_outside', until: null } },
      { userId: 'bob', name: 'Name of bob', state: { drift: 'set_outside', until: 'forever' } },
    ])
    expect(await list({ groupId: place.community, only: 'muted' })).toMatchObject({ members: [], total: 0 })
  })

  test('only the muted of a topic', async () => {
    const { control, briefly } = await begin()
    await control.putGroup({
      group: place.community,
      members: [{ id: 'bob', muted: 600 }],
      topics: [{ id: place.news, members: [{ id: 'amy', muted: 600 }] }],
    })
    const asked = { groupId: place.community, only: 'muted' } as const
    expect(await briefly(asked)).toMatchObject([{ userId: 'bob' }])
    expect(await briefly({ ...asked, topicId: place.news })).toMatchObject([{ userId: 'amy' }])
  })

  test('a live room tells its muted, and refuses to tell all', async () => {
    const { control, list, briefly } = await begin()
    await control.putGroup({ group: place.live, members: [{ id: 'bob', muted: 600 }] })
    expect(await briefly({ groupId: place.live, only: 'muted' })).toEqual([
      { userId: 'bob', name: 'Name of bob', isMuted: true },
    ])
    await expect(list({ groupId: place.live })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      options: { fields: { only: 'required' } },
    })
  })

  test('many come page by page, each once', async () => {
    const { list } = await begin()
    const members = Array.from({ length: 230 }, (_, index) => ({ id: `crowd-${index}` }))
    await stage.world.addGroups({ id: '@TGS#2CROWD', name: 'Crowd', members })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ groupId: '@TGS#2CROWD', ...(cursor === undefined ? {} : { cursor }) })
      expect(page.total).toBe(230)
      seen.push(...page.members.map(({ userId }) => userId))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(members.map(({ id }) => id))
  })

  test('a group that is not there, and a provider that does not answer', async () => {
    const { control, list } = await begin()
    await expect(list({ groupId: 'nowhere' })).rejects.toMatchObject({ code: 'GROUP_NOT_FOUND' })
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_group_info' })
    await expect(list({ groupId: place.group })).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
      options: { details: { provider: 'tencent', providerCode: 60010 } },
    })
    await expect(list({ groupId: place.group, cursor: 'no such place' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})
