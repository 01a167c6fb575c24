import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ZegoAction } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callZego } from '../testing/call-zego'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  const messages = Array.from({ length: 25 }, (_, index) => ({
    from: 'lin88',
    text: `message ${index}`,
    secondsAgo: 100 - index,
  }))
  await emulator.control.seed({
    zego: {
      groups: [
        {
          id: 'g',
          members: [{ id: 'lin88' }, { id: 'bob' }],
          messages: [...messages, { from: 'bob', text: 'secret', secondsAgo: 1, isEmpty: 'recalled' }],
        },
      ],
      peerMessages: [
        { from: 'lin88', to: 'bob', text: 'hello', secondsAgo: 9 },
        { from: 'bob', to: 'lin88', text: 'hi', secondsAgo: 8, payload: '{}' },
      ],
    },
  })
})

const pageSchema = z.object({
  Next: z.int(),
  List: z.array(z.looseObject({ MsgBody: z.string(), MsgSeq: z.int() })),
})
const ask = (action: ZegoAction, params: object) =>
  callZego(emulator.url, action, { GroupId: 'g', ...params })
const page = async (params: object) => pageSchema.parse((await ask('QueryGroupMsg', params)).json)

describe('QueryGroupMsg', () => {
  it('gives ten messages, the newest first, and the rest by the cursor', async () => {
    const first = await page({})
    expect(first.List.map(({ MsgBody }) => MsgBody)).toEqual(
      Array.from({ length: 10 }, (_, index) => `message ${24 - index}`),
    )
    const rest = await page({ Next: first.Next, Limit: 100 })
    expect([rest.Next, rest.List.length, rest.List.at(-1)?.MsgBody]).toEqual([0, 15, 'message 0'])
  })

  it('takes a limit out of range as the nearest in it', async () => {
    expect((await page({ Limit: 0 })).List).toHaveLength(1)
    expect((await page({ Limit: 1000 })).List).toHaveLength(25)
    expect((await emulator.control.violations()).total).toBe(0)
  })

  it('shows that there was a message, but not what it said, when asked', async () => {
    const [recalled] = (await page({ WithEmptyMsg: 1 })).List
    expect(recalled).toMatchObject({ Sender: 'bob', IsEmpty: 2, MsgBody: '', MsgSeq: 26 })
  })

  it('writes ids as numbers with all their digits, which no double has', async () => {
    const { text } = await ask('QueryGroupMsg', { Limit: 100 })
    const ids = text.match(/"MsgId":(\d+)[,}]/g)?.map((match) => match.replace(/\D/g, '')) ?? []
    expect(ids).toHaveLength(25)
    expect(new Set(ids).size).toBe(25)
    expect(new Set(ids.map(Number)).size).toBeLessThan(5)
  })

  it('keeps the digits in a truncated answer, and makes them a string with the wrong types', async () => {
    await emulator.control.addFaults({ kind: 'truncated' }, { kind: 'wrong-types', field: 'MsgId' })
    expect((await ask('QueryGroupMsg', {})).text).toMatch(/"MsgId":9\d{17},/)
    expect((await ask('QueryGroupMsg', {})).text).toMatch(/"MsgId":"9\d{17}",/)
  })

  it('answers 660600001 for a group that does not exist', async () => {
    expect((await ask('QueryGroupMsg', { GroupId: 'x' })).json).toMatchObject({ Code: 660600001 })
  })
})

describe('QueryPeerMsg', () => {
  it('gives the messages of two users, the same from either side', async () => {
    const peers = async (FromUserId: string, ToUserId: string) => {
      const { json } = await callZego(emulator.url, 'QueryPeerMsg', { FromUserId, ToUserId })
      return pageSchema.parse(json)
    }
    const messages = await peers('lin88', 'bob')
    expect(messages).toMatchObject({
      Next: 0,
      List: [
        { Sender: 'bob', MsgType: 1, MsgBody: 'hi', MsgSeq: 2, Payload: '{}', IsEmpty: 0 },
        { Sender: 'lin88', MsgBody: 'hello', MsgSeq: 1 },
      ],
    })
    expect(await peers('bob', 'lin88')).toEqual(messages)
    expect((await emulator.control.calls()).at(-1)?.accounts).toEqual(['bob', 'lin88'])
  })

  it('refuses nobody for a partner and answers 660500002 for an unknown user', async () => {
    const peers = async (params: object) => (await callZego(emulator.url, 'QueryPeerMsg', { ...params })).json
    expect(await peers({ FromUserId: 'lin88' })).toMatchObject({ Code: 660000002 })
    expect(await peers({ FromUserId: 'nobody', ToUserId: 'lin88' })).toMatchObject({ Code: 660500002 })
    expect((await emulator.control.violations()).counts).toEqual({ 'bad-body': 1 })
  })
})
