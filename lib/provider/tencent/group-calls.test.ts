import { expect, onTestFinished, test } from 'vitest'
import { createTencentProvider } from './provider'
import { answer, connection, errorOf, interactive, stage } from './stage'

/** What goes over the wire where the emulator cannot show it: huge cursors, older names, answers nobody documents. */

const list = (next: string) => `{"ErrorCode":0,"TotalCount":3,"GroupIdList":[{"GroupId":"g"}],"Next":${next}}`

async function providerOf(...bodies: unknown[]) {
  const { requests, endpoint } = await stage((request, response, index) =>
    answer(bodies[Math.min(index, bodies.length - 1)])(request, response, index),
  )
  const provider = createTencentProvider({
    connection: { ...connection, endpoint },
    throttle: { acquire: async () => {} },
  })
  onTestFinished(() => provider.close())
  return { provider, bodies: () => requests.map(({ body }) => body) }
}

test('the cursor over all groups goes there and back digit for digit', async () => {
  const { provider, bodies } = await providerOf(list('18446744073709551615'), list('0'))
  const first = await provider.listGroups(null, interactive)
  expect(first).toEqual({
    items: [{ groupId: 'g', name: null }],
    next: '18446744073709551615',
    total: 3,
  })
  expect((await provider.listGroups(first.next, interactive)).next).toBeNull()
  expect(bodies()).toEqual(['{"Limit":10000,"Next":0}', '{"Limit":10000,"Next":18446744073709551615}'])
})

test('a cursor that this list never gave is a mistake of the caller and never sent', async () => {
  const { provider, bodies } = await providerOf(list('0'))
  const group = { groupId: 'g', type: 'public' } as const
  for (const call of [
    provider.listGroups('0,"GroupType":"Public"', interactive),
    provider.listMembers(group, '-1', interactive),
    provider.listJoinedGroups('a', 'x', interactive),
    provider.listGroupMessages(group, '', interactive),
    provider.listPeerMessages({ userId: 'a', peerId: 'b' }, '12', interactive),
  ])
    await expect(call).rejects.toThrow(RangeError)
  expect(bodies()).toEqual([])
})

test.each(['"5"', '-1', '1.5', '-18446744073709551616', 'null'])(
  'an answer whose cursor is %s is malformed',
  async (next) => {
    const { provider } = await providerOf(list(next))
    expect((await errorOf(provider.listGroups(null, interactive))).kind).toBe('malformed')
  },
)

test('a community is paged by what the provider said last, other groups by offset', async () => {
  const page = { ErrorCode: 0, MemberNum: 300, MemberList: [{ Member_Account: 'a', Role: 'Member' }] }
  const { provider, bodies } = await providerOf(
    { ...page, Next: '144115265295492787' },
    { ...page, Next: '' },
    page,
  )
  const community = { groupId: '@TGS#_c', type: 'community' } as const
  const first = await provider.listMembers(community, null, interactive)
  expect(first.next).toBe('144115265295492787')
  expect((await provider.listMembers(community, first.next, interactive)).next).toBeNull()
  const group = await provider.listMembers({ groupId: 'g', type: 'public' }, '200', interactive)
  expect([group.next, group.total]).toEqual(['201', 300])
  const filter = '"MemberInfoFilter":["Role","NameCard","MuteUntil"]'
  expect(bodies()).toEqual([
    `{"GroupId":"@TGS#_c","Limit":100,"Next":"",${filter}}`,
    `{"GroupId":"@TGS#_c","Limit":100,"Next":"144115265295492787",${filter}}`,
    `{"GroupId":"g","Limit":100,"Offset":200,${filter}}`,
  ])
})

test('groups are asked for with a filter, so that no members come along', async () => {
  const { provider, bodies } = await providerOf({ ErrorCode: 0, GroupInfo: [] })
  await provider.getGroups(['g'], interactive)
  expect(JSON.parse(bodies()[0] ?? '')).toEqual({
    GroupIdList: ['g'],
    ResponseFilter: {
      GroupBaseInfoFilter: ['Type', 'Name', 'Owner_Account', 'MemberNum', 'MuteAllMember', 'SupportTopic'],
    },
  })
})

test('a group that could not be looked up fails the look-up: left out, it would seem not to exist', async () => {
  const { provider } = await providerOf({
    ErrorCode: 0,
    GroupInfo: [
      { GroupId: 'g', ErrorCode: 0, Type: 'Public' },
      { GroupId: 'x', ErrorCode: 10002 },
    ],
  })
  const error = await errorOf(provider.getGroups(['g', 'x'], interactive))
  expect([error.kind, error.options.providerCode, error.options.effect]).toEqual(['refused', 10002, 'none'])
})

test('a group that nobody asked for is not believed', async () => {
  const { provider } = await providerOf({
    ErrorCode: 0,
    GroupInfo: [{ GroupId: 'stranger', ErrorCode: 0, Type: 'Public' }],
  })
  expect((await provider.getGroups(['g'], interactive)).size).toBe(0)
})

test('seconds of a mute are counted at the moment of each try', async () => {
  let at = Date.UTC(2026, 10, 21)
  const { requests, endpoint } = await stage((request, response, index) => {
    at += 10_000
    answer({ ErrorCode: index === 0 ? 60007 : 0 })(request, response, index)
  })
  const provider = createTencentProvider({
    connection: { ...connection, endpoint },
    throttle: { acquire: async () => {} },
    clock: { now: () => at },
    random: () => 0,
  })
  onTestFinished(() => provider.close())
  await provider.setMemberMutes({ groupId: 'g' }, ['a'], at + 60_000, interactive)
  expect(requests.map(({ body }) => JSON.parse(body).MuteTime)).toEqual([60, 50])
})

test('where no profiles of members are kept, roles are asked for and no end is made up', async () => {
  const { provider, bodies } = await providerOf({
    ErrorCode: 0,
    UserIdList: [
      { Member_Account: 'a', Role: 'Owner' },
      { Member_Account: 'b', Role: 'NotMember' },
    ],
  })
  const members = await provider.getMembers({ groupId: 'g', type: 'av_chatroom' }, ['a', 'b'], interactive)
  expect([...members]).toEqual([['a', { userId: 'a', name: null, role: 1 }]])
  expect(bodies()).toEqual(['{"GroupId":"g","User_Account":["a","b"]}'])
})

test('the history of a group or topic is asked for with what was recalled', async () => {
  const image = { MsgType: 'TIMImageElem', MsgContent: { UUID: 'x' } }
  const message = { From_Account: 'a', IsPlaceMsg: 2, MsgBody: [image], MsgSeq: 7, MsgTimeStamp: 1 }
  const { provider, bodies } = await providerOf({ ErrorCode: 0, IsFinished: 1, RspMsgList: [message] })
  const page = await provider.listGroupMessages({ groupId: 'g', topicId: 't' }, null, interactive)
  expect(page.items).toMatchObject([{ kind: 'image', text: null, state: 'recalled', sentAt: 1000 }])
  await provider.listGroupMessages({ groupId: 'g' }, page.next, interactive)
  expect(bodies()).toEqual([
    '{"GroupId":"g","TopicId":"t","ReqMsgNumber":20,"WithRecalledMsg":1}',
    '{"GroupId":"g","ReqMsgNumber":20,"WithRecalledMsg":1,"ReqMsgSeq":6}',
  ])
})
