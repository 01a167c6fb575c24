import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiName } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'
import { GROUP, seedGroupWorld, TOPIC } from '../testing/group-world'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(() => seedGroupWorld(emulator.control))

const GroupId = GROUP.community
const call = async (api: ApiName, body: object) => (await callProvider(emulator.url, api, body)).json

describe('topics', () => {
  it('have mutes of their own, apart from those of the group', async () => {
    const dave = { GroupId, Members_Account: ['dave'], MuteTime: 4294967295 }
    await call('forbid_send_msg', { ...dave, TopicId: TOPIC.news })
    expect(await call('get_group_muted_account', { GroupId })).toMatchObject({ MutedAccountList: [] })
    const inNews = await call('get_group_muted_account', { GroupId, TopicId: TOPIC.news })
    expect(inNews).toMatchObject({ MutedAccountList: [{ Member_Account: 'dave', MutedUntil: 4294967295 }] })
    const inTalk = await call('get_group_muted_account', { GroupId, TopicId: TOPIC.talk })
    expect(inTalk).toMatchObject({ MutedAccountList: [{ Member_Account: 'carol' }] })
    expect(await emulator.control.journal()).toMatchObject([
      { account: 'dave', group: GroupId, topic: TOPIC.news, changes: { member: { after: 'forever' } } },
    ])
    expect(await emulator.control.tips()).toMatchObject([
      { topic: TOPIC.news, kind: 'member-mute', accounts: ['dave'] },
    ])
  })

  it('are described one by one, with the state of the account that is asked about', async () => {
    const answer = await call('get_topic', { GroupId, From_Account: 'carol' })
    expect(answer).toMatchObject({
      ErrorCode: 0,
      TopicAndSelfInfo: [
        {
          ErrorCode: 0,
          SelfInfo: { ShutUpTime: 0, MsgSeq: 0, MsgFlag: 'AcceptAndNotify' },
          TopicInfo: { GroupID: GroupId, TopicId: TOPIC.news, TopicName: 'News', MuteAllMember: 'On' },
        },
        {
          SelfInfo: { ShutUpTime: expect.toSatisfy((left) => left === 600 || left === 599) },
          TopicInfo: { TopicId: TOPIC.talk, MuteAllMember: 'Off' },
        },
      ],
    })
  })

  it('are only those named, with the fields named, and a code for one that is gone', async () => {
    const gone = `${GroupId}@TOPIC#_gone`
    const answer = await call('get_topic', {
      GroupId,
      From_Account: 'carol',
      TopicIdList: [gone, TOPIC.talk],
      ResponseFilter: ['TopicName'],
    })
    expect(answer).toMatchObject({
      ErrorCode: 0,
      TopicAndSelfInfo: [
        { ErrorCode: 10010, TopicInfo: { TopicId: gone } },
        { ErrorCode: 0, TopicInfo: { GroupID: GroupId, TopicId: TOPIC.talk, TopicName: 'Talk' } },
      ],
    })
    expect(JSON.stringify(answer)).not.toContain('MuteAllMember')
  })

  it('are muted for everybody, and freed', async () => {
    const ok = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 }
    expect(await call('modify_topic', { GroupId, TopicId: TOPIC.talk, MuteAllMember: 'On' })).toEqual(ok)
    expect(await call('modify_topic', { GroupId, TopicId: TOPIC.news, MuteAllMember: 'Off' })).toEqual(ok)
    const { muteAll, topics } = await emulator.control.group(GroupId)
    expect(muteAll).toBe(false)
    expect(topics.map((topic) => topic.muteAll)).toEqual([false, true])
    expect(await emulator.control.journal()).toMatchObject([
      { account: null, topic: TOPIC.talk, changes: { everyone: { before: null, after: 'forever' } } },
      { account: null, topic: TOPIC.news, changes: { everyone: { before: 'forever', after: null } } },
    ])
    expect(await emulator.control.tips()).toMatchObject([
      { topic: TOPIC.talk, kind: 'group-mute' },
      { topic: TOPIC.news, kind: 'group-mute' },
    ])
  })

  const topic = { GroupId, TopicId: TOPIC.talk, MuteAllMember: 'On' }
  const asked = { GroupId, From_Account: 'carol' }

  it.each([
    ['get_topic', { GroupId }, 10004],
    ['get_topic', { ...asked, From_Account: 7 }, 10004],
    ['get_topic', { ...asked, GroupId: GROUP.plain }, 11000],
    ['get_topic', { ...asked, GroupId: GROUP.public }, 11000],
    ['get_topic', { ...asked, GroupId: '@TGS#_@TGS#cGONE' }, 10010],
    ['get_topic', { ...asked, TopicIdList: TOPIC.talk }, 10004],
    ['get_topic', { ...asked, TopicIdList: ['talk'] }, 10015],
    ['modify_topic', { ...topic, TopicId: undefined }, 10004],
    ['modify_topic', { ...topic, TopicId: `${GroupId}@TOPIC#_gone` }, 10010],
    ['modify_topic', { ...topic, MuteAllMember: undefined }, 10004],
    ['modify_topic', { ...topic, GroupId: GROUP.plain, TopicId: `${GROUP.plain}@TOPIC#_x` }, 11000],
    [
      'forbid_send_msg',
      { GroupId, TopicId: `${GroupId}@TOPIC#_x`, Members_Account: ['carol'], MuteTime: 1 },
      10010,
    ],
  ] as const)('%s refuses %j with %i', async (api, body, code) => {
    expect(await call(api, body)).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code })
    expect(await emulator.control.journal()).toEqual([])
  })
})
