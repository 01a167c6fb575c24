import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOldest, readPlace } from '../cursors'
import { toContent, toGroupMessages, toPeerMessages } from './mapper-messages'
import { adminGetRoamMsgSchema, groupMsgGetSimpleSchema } from './wire-messages'

const text = (Text: string) => ({ MsgType: 'TIMTextElem', MsgContent: { Text } })
const image = { MsgType: 'TIMImageElem' }

test('a message has the kind of its elements, and every text in it', () => {
  expect(toContent([text('hello')])).toEqual({ kind: 'text', text: 'hello' })
  expect(toContent([text('one'), text('two')])).toEqual({ kind: 'text', text: 'one\ntwo' })
  expect(toContent([text('see'), image])).toEqual({ kind: 'mixed', text: 'see' })
  const kinds = ['TIMImageElem', 'TIMSoundElem', 'TIMVideoFileElem', 'TIMFileElem', 'TIMFaceElem', 'New']
  expect(kinds.map((MsgType) => toContent([{ MsgType }]).kind)).toEqual([
    'image',
    'audio',
    'video',
    'file',
    'custom',
    'custom',
  ])
  expect([toContent(null), toContent([])]).toEqual([
    { kind: 'custom', text: null },
    { kind: 'custom', text: null },
  ])
  expect(toContent([{ MsgType: 'TIMTextElem', MsgContent: { Text: 7 } }]).text).toBeNull()
})

describe('messages of a group', () => {
  const message = (MsgSeq: number, more: object = {}) => ({
    From_Account: 'a',
    IsPlaceMsg: 0,
    MsgBody: [text(`${MsgSeq}`)],
    MsgSeq,
    MsgTimeStamp: 1_458_721_802 + MsgSeq,
    ...more,
  })
  const read = (RspMsgList: object[], IsFinished = 1) =>
    toGroupMessages(groupMsgGetSimpleSchema.parse({ IsFinished, RspMsgList }))

  test('come the newest first and go on below the smallest number', () => {
    const page = read([message(8), message(9), message(7)])
    expect(page.items.map(({ seq }) => seq)).toEqual(['9', '8', '7'])
    expect(page.items[0]).toEqual({
      messageId: '9',
      seq: '9',
      senderId: 'a',
      sentAt: 1_458_721_811_000,
      kind: 'text',
      text: '9',
      state: 'present',
    })
    expect(page.next).toBe('6')
  })

  test('end with the first, with an empty page and when all are too old; not because a page is whole', () => {
    expect(read([message(2), message(1)]).next).toBeNull()
    expect(read([]).next).toBeNull()
    expect(read([message(9, { IsPlaceMsg: 1 })], 2).next).toBeNull()
    expect(read([message(9)], 1).next).toBe('8')
    expect(read([message(9)], 0).next).toBe('8')
  })

  test('that were recalled or deleted say so; one without a sender is passed over but counted', () => {
    const page = read([
      message(9, { IsPlaceMsg: 2 }),
      message(8, { IsPlaceMsg: 1, MsgBody: null }),
      { IsPlaceMsg: 1, MsgBody: [], MsgSeq: 7 },
    ])
    expect(page.items.map(({ state }) => state)).toEqual(['recalled', 'deleted'])
    expect(page.next).toBe('6')
  })

  test('are all reached, whatever the size of a page', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 100 })), (seqs) => {
        const found: string[] = []
        for (let cursor: string | null = '100', pages = 0; cursor !== null; pages += 1) {
          expect(pages).toBeLessThanOrEqual(seqs.length)
          const from = readPlace(cursor)
          const below = seqs.filter((seq) => seq <= from).sort((a, b) => b - a)
          const page: ReturnType<typeof read> = read(below.slice(0, 3).map((seq) => message(seq)))
          found.push(...page.items.map(({ seq }) => seq))
          cursor = page.next
        }
        expect(found).toEqual([...seqs].sort((a, b) => b - a).map(String))
      }),
    )
  })
})

describe('messages between two accounts', () => {
  const message = (MsgTimeStamp: number, MsgSeq: number, MsgFlagBits = 0) => ({
    From_Account: 'a',
    To_Account: 'b',
    MsgSeq,
    MsgRandom: 1,
    MsgTimeStamp,
    MsgFlagBits,
    MsgKey: `${MsgSeq}_1_${MsgTimeStamp}`,
    MsgBody: [text('x')],
  })
  const read = (fields: object) => toPeerMessages(adminGetRoamMsgSchema.parse(fields))
  const last = { LastMsgTime: 1_584_669_601, LastMsgKey: '1456_1_1584669601' }

  test('come the newest first: by time, and within a second by number', () => {
    const page = read({
      Complete: 0,
      ...last,
      MsgList: [
        message(1_584_669_601, 1456),
        message(1_584_669_602, 4_294_967_295),
        message(1_584_669_603, 2),
        message(1_584_669_603, 3, 8),
      ],
    })
    expect(page.items.map(({ messageId, state }) => [messageId, state])).toEqual([
      ['3_1_1584669603', 'recalled'],
      ['2_1_1584669603', 'present'],
      ['4294967295_1_1584669602', 'present'],
      ['1456_1_1584669601', 'present'],
    ])
    const places = page.items.map(({ seq }) => BigInt(seq))
    expect(places.every((place, index) => index === 0 || place < (places[index - 1] ?? 0n))).toBe(true)
    expect(readOldest(page.next ?? '')).toEqual({ sentAtSeconds: 1_584_669_601, key: '1456_1_1584669601' })
  })

  test('end when the answer is complete or empty', () => {
    expect(read({ Complete: 1, ...last, MsgList: [message(1, 1)] }).next).toBeNull()
    expect(read({ Complete: 0, LastMsgTime: 0, LastMsgKey: '', MsgList: [] }).next).toBeNull()
  })
})
