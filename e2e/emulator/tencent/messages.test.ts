import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ApiName } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

const COMMUNITY = '@TGS#_@TGS#cC'
const TOPIC = `${COMMUNITY}@TOPIC#_@TOPIC#cT`
const members = [{ id: 'alice' }, { id: 'bob' }]
const texts = (count: number, text: string) =>
  Array.from({ length: count }, (_, at) => ({
    from: at % 2 === 0 ? 'alice' : 'bob',
    text: `${text} ${at + 1}`,
    secondsAgo: 1000 - at,
  }))

beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({
    accounts: [...members, { id: 'carol' }],
    groups: [
      {
        id: 'talk',
        type: 'Public',
        name: 'Talk',
        members,
        messages: [
          ...texts(25, 'said'),
          { from: 'alice', text: 'gone', secondsAgo: 30, state: 'deleted' },
          { from: 'bob', text: 'taken back', secondsAgo: 20, state: 'recalled' },
          { from: 'bob', body: [{ MsgType: 'TIMFaceElem', MsgContent: { Index: 1 } }], secondsAgo: 10 },
        ],
      },
      { id: 'live', type: 'AVChatRoom', name: 'Live', members },
      {
        id: COMMUNITY,
        type: 'Community',
        name: 'C',
        members,
        topics: [{ id: TOPIC, name: 'T', messages: texts(1, 'topical') }],
      },
    ],
    peerMessages: [
      ...texts(5, 'peer').map((message) => ({ ...message, to: message.from === 'alice' ? 'bob' : 'alice' })),
      { from: 'alice', to: 'carol', text: 'to another', secondsAgo: 500 },
    ],
  })
})

const call = async (api: ApiName, body: object) => (await callProvider(emulator.url, api, body)).json

const groupPageSchema = z.object({
  RspMsgList: z.array(
    z.object({ MsgSeq: z.number(), IsPlaceMsg: z.number(), MsgBody: z.array(z.unknown()) }),
  ),
})

describe('group_msg_get_simple', () => {
  const page = async (more: object) => {
    const answer = await call('group_msg_get_simple', { GroupId: 'talk', ReqMsgNumber: 20, ...more })
    expect(answer).toMatchObject({ ErrorCode: 0, GroupId: 'talk', IsFinished: 1 })
    return groupPageSchema.parse(answer).RspMsgList
  }
  const seqs = (list: { MsgSeq: number }[]) => list.map(({ MsgSeq }) => MsgSeq)

  it('gives the newest first, a deleted one without its body, a recalled one not at all', async () => {
    const list = await page({ ReqMsgNumber: 3 })
    expect(list).toMatchObject([
      { MsgSeq: 28, IsPlaceMsg: 0, MsgBody: [{ MsgType: 'TIMFaceElem', MsgContent: { Index: 1 } }] },
      { MsgSeq: 26, IsPlaceMsg: 1, MsgBody: [] },
      { MsgSeq: 25, IsPlaceMsg: 0, MsgBody: [{ MsgContent: { Text: 'said 25' } }] },
    ])
  })

  it('gives a recalled one, without its body, when asked', async () => {
    const list = await page({ ReqMsgNumber: 2, WithRecalledMsg: 1 })
    expect(list[1]).toMatchObject({ MsgSeq: 27, IsPlaceMsg: 2, MsgBody: [] })
  })

  it('goes on from a number', async () => {
    expect(seqs(await page({ ReqMsgSeq: 5 }))).toEqual([5, 4, 3, 2, 1])
    expect(seqs(await page({ ReqMsgSeq: 0 }))).toEqual([])
  })

  it('gives the messages of a topic', async () => {
    const body = { GroupId: COMMUNITY, TopicId: TOPIC, ReqMsgNumber: 20 }
    expect(await call('group_msg_get_simple', body)).toMatchObject({
      RspMsgList: [
        {
          From_Account: 'alice',
          MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'topical 1' } }],
          MsgSeq: 1,
          MsgTimeStamp: expect.any(Number),
        },
      ],
    })
  })

  it.each([
    [{ GroupId: 'talk' }, 10004, 'bad-body'],
    [{ GroupId: 'talk', ReqMsgNumber: 21 }, 10004, 'batch-too-large'],
    [{ GroupId: 'talk', ReqMsgNumber: 5, ReqMsgSeq: '5' }, 10004, 'bad-body'],
    [{ GroupId: 'live', ReqMsgNumber: 5 }, 10007, 'bad-group-type'],
  ] as const)('refuses %j with %i', async (body, code, kind) => {
    expect(await call('group_msg_get_simple', body)).toMatchObject({ ErrorCode: code })
    expect((await emulator.control.violations()).counts).toEqual({ [kind]: 1 })
  })
})

const peerPageSchema = z.object({
  ErrorCode: z.literal(0),
  Complete: z.number(),
  MsgCnt: z.number(),
  LastMsgTime: z.number(),
  LastMsgKey: z.string(),
  MsgList: z.array(z.object({ MsgBody: z.array(z.object({ MsgContent: z.object({ Text: z.string() }) })) })),
})

describe('admin_getroammsg', () => {
  const MaxTime = Math.floor(Date.now() / 1000) + 3600
  const asked = { Operator_Account: 'alice', Peer_Account: 'bob', MaxCnt: 2, MinTime: 0, MaxTime }
  const page = async (more: object = {}) => {
    const answer = peerPageSchema.parse(await call('admin_getroammsg', { ...asked, ...more }))
    return { ...answer, said: answer.MsgList.map(({ MsgBody }) => MsgBody[0]?.MsgContent.Text) }
  }

  it('gives the latest page first, each in the order of time, on to the earliest', async () => {
    const first = await page()
    expect(first).toMatchObject({ Complete: 0, MsgCnt: 2, said: ['peer 4', 'peer 5'] })
    const second = await page({ MaxTime: first.LastMsgTime, LastMsgKey: first.LastMsgKey })
    expect(second).toMatchObject({ Complete: 0, said: ['peer 2', 'peer 3'] })
    const last = await page({ MaxTime: second.LastMsgTime, LastMsgKey: second.LastMsgKey })
    expect(last).toMatchObject({ Complete: 1, said: ['peer 1'] })
  })

  it('gives the same from the other side, and nothing of others', async () => {
    const other = await page({ Operator_Account: 'bob', Peer_Account: 'alice', MaxCnt: 100 })
    expect(other.said).toHaveLength(5)
    expect(other.Complete).toBe(1)
  })

  it('keeps within the span of time', async () => {
    expect(await page({ MaxTime: 1000 })).toMatchObject({ Complete: 1, MsgCnt: 0, LastMsgKey: '', said: [] })
  })

  it('puts what is seeded later but said earlier where it belongs', async () => {
    await emulator.control.seed({
      peerMessages: [{ from: 'alice', to: 'bob', text: 'before all', secondsAgo: 5000 }],
    })
    expect((await page({ MaxCnt: 6 })).said[0]).toBe('before all')
  })

  it('ends a page at about 13 KB', async () => {
    const long = { from: 'bob', to: 'carol', text: 'x'.repeat(6000), secondsAgo: 60 }
    await emulator.control.seed({ peerMessages: [long, long, long] })
    const answer = await page({ Operator_Account: 'bob', Peer_Account: 'carol', MaxCnt: 100 })
    expect(answer).toMatchObject({ Complete: 0, MsgCnt: 2 })
  })

  it('marks a recalled message', async () => {
    const recalled = { from: 'bob', to: 'carol', text: 'no', secondsAgo: 60, state: 'recalled' as const }
    await emulator.control.seed({ peerMessages: [recalled] })
    const answer = await call('admin_getroammsg', {
      ...asked,
      Peer_Account: 'carol',
      Operator_Account: 'bob',
    })
    expect(answer).toMatchObject({
      MsgList: [
        {
          From_Account: 'bob',
          To_Account: 'carol',
          MsgFlagBits: 8,
          MsgKey: expect.stringMatching(/^\d+_\d+_\d+$/),
        },
      ],
    })
  })

  it.each([
    [{ Operator_Account: undefined }, 90008],
    [{ Operator_Account: 'nobody' }, 90008],
    [{ Peer_Account: undefined }, 90003],
    [{ Peer_Account: 7 }, 90003],
    [{ MaxCnt: 0 }, 90001],
    [{ MinTime: '0' }, 90001],
    [{ MaxTime: undefined }, 90001],
    [{ LastMsgKey: 'x' }, 90001],
  ])('refuses %j with %i', async (more, code) => {
    expect(await call('admin_getroammsg', { ...asked, ...more })).toMatchObject({ ErrorCode: code })
  })
})
