import { afterEach, expect, test } from 'vitest'
import { muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { place, places, placeWish, startGroupMutesStage } from '@/lib/testing/group-mutes-stage'
import { applyMute } from './apply'

describeOnBothDatabases('refusals of mutes in groups', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startGroupMutesStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    await stage.world.close()
  })

  async function begin() {
    stage = await startGroupMutesStage(await freshDb())
    const { db, world, actor, control } = stage
    return { db, context: world.context, actor, control }
  }

  const member = places['a member of a group']

  test.each([
    ['a group that is not there', { ...member, groupId: 'nowhere' }, 'GROUP_NOT_FOUND'],
    ['everybody in a group that is not there', { connection: 'sg', groupId: 'nowhere' }, 'GROUP_NOT_FOUND'],
    ['somebody who is no member', { ...member, userId: 'eve' }, 'NOT_A_MEMBER'],
    [
      'an id without an account, in a live room',
      { ...member, groupId: place.live, userId: 'nobody' },
      'ACCOUNT_NOT_FOUND',
    ],
    ['a member of a Work group', { ...member, groupId: place.work }, 'CANNOT_MUTE_HERE'],
    [
      'a member in a topic that is not there',
      { ...member, groupId: place.community, topicId: `${place.community}@TOPIC#_gone` },
      'GROUP_NOT_FOUND',
    ],
    [
      'everybody in a topic that is not there',
      { connection: 'sg', groupId: place.community, topicId: `${place.community}@TOPIC#_gone` },
      'GROUP_NOT_FOUND',
    ],
  ])('%s is refused before anything is written or sent', async (_, at, code) => {
    const { db, context, actor, control } = await begin()
    await expect(applyMute(context, actor, placeWish(at))).rejects.toMatchObject({ code })
    expect(await control.journal()).toEqual([])
    expect(await db.select().from(muteCommands)).toEqual([])
    const apis = (await control.calls()).map(({ api }) => api)
    for (const api of ['forbid_send_msg', 'modify_group_base_info', 'modify_topic'] as const)
      expect(apis).not.toContain(api)
  })

  test('a topic of a group without topics is refused before anything is written or sent', async () => {
    const { db, context, actor, control } = await begin()
    const wish = placeWish({ ...member, topicId: `${place.group}@TOPIC#_x` })
    await expect(applyMute(context, actor, wish)).rejects.toMatchObject({ code: 'CANNOT_MUTE_HERE' })
    expect(await db.select().from(muteCommands)).toEqual([])
    // The reading went out beside the question whether it is possible.
    expect((await control.violations()).list).toMatchObject([
      { api: 'get_group_muted_account', kind: 'bad-group-type' },
    ])
    await control.reset()
  })
})
