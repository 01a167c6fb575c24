import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTencentCallbacks, meaningOfTencent } from './tencent/callback'
import { createZegoCallbacks } from './zego/callback'

const unsigned = { ok: false, why: 'unsigned' }
const malformed = { ok: false, why: 'malformed' }

test('Tencent: the published signature opens, for a minute and for its own app', () => {
  // "Webhook Overview", with the token that really gives this hash.
  const reader = createTencentCallbacks({ sdkAppId: 1400187352, callbackSecret: 'xxxxyyyy' })
  const now = 1_669_872_112_000
  const published = {
    SdkAppid: '1400187352',
    CallbackCommand: 'State.StateChange',
    RequestTime: '1669872112',
    Sign: '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061',
  }
  const read = (change: Record<string, string>, body = '{}', at = now) =>
    reader.read({ query: new URLSearchParams({ ...published, ...change }), body, now: at })
  expect(read({})).toMatchObject({ ok: true, callback: { event: 'State.StateChange', isAwaited: false } })
  expect(read({ Sign: published.Sign.toUpperCase() })).toMatchObject({ ok: true })
  expect(read({}, '{}', now + 60_000)).toMatchObject({ ok: true })
  for (const refused of [
    read({}, '{}', now + 60_001),
    read({}, '{}', now - 60_001),
    read({ Sign: `${published.Sign.slice(0, -1)}2` }),
    read({ Sign: '' }),
    read({ RequestTime: '1669872113' }),
    read({ SdkAppid: '1400187353' }),
  ])
    expect(refused).toEqual(unsigned)
  for (const body of [
    '',
    '{',
    '[]',
    'null',
    '"x"',
    `${'['.repeat(500)}${']'.repeat(500)}`,
    `{"a":${'['.repeat(500)}${']'.repeat(500)}}`,
    '{"CallbackCommand":1}',
    '{"CallbackCommand":"not an event"}',
    `{"CallbackCommand":"${'x'.repeat(101)}"}`,
  ])
    expect(read({}, body)).toEqual(malformed)
  // As it is sent: NUL and half a character, which no database takes.
  expect(read({}, '{"a\\u0000":["\\u0000 \\ud800"]}')).toMatchObject({
    callback: { body: { 'a\ufffd': ['\ufffd \ufffd'] } },
  })
  // The signature is the same for all calls of a second: another body is another call.
  const [one, other] = [read({}, '{"a":1}'), read({}, '{"a":2}')]
  expect(one.ok && other.ok && one.callback.key !== other.callback.key).toBe(true)
  const message = read({ CallbackCommand: 'C2C.CallbackBeforeSendMsg' })
  expect(message).toMatchObject({ callback: { isAwaited: true, isMessage: true, sentBy: null } })
  for (const [sentBy, CallbackCommand, more] of [
    ['lin', 'C2C.CallbackAfterSendMsg', { SendMsgResult: 0 }],
    [null, 'C2C.CallbackAfterSendMsg', { SendMsgResult: 20_006 }],
    ['lin', 'Group.CallbackAfterSendMsg', {}],
    [null, 'Group.CallbackBeforeSendMsg', {}],
    [null, 'State.StateChange', {}],
  ] as const) {
    const sent = read({ CallbackCommand }, JSON.stringify({ CallbackCommand, From_Account: 'lin', ...more }))
    expect(sent).toMatchObject({ callback: { sentBy } })
  }
})

test('ZEGO: the published signature opens; of its time, its app and its body the nonce stays', () => {
  // "Callback description".
  const reader = createZegoCallbacks({ appId: 1, callbackSecret: 'secret' })
  const published = {
    appid: '1',
    event: 'send_msg',
    nonce: '123412',
    timestamp: 1470820198,
    signature: '5bd59fd62953a8059fb7eaba95720f66d19e4517',
  }
  const query = new URLSearchParams()
  const now = 1_470_820_198_000
  const read = (change: object, at = now) =>
    reader.read({ query, body: JSON.stringify({ ...published, ...change }), now: at })
  expect(read({})).toMatchObject({ ok: true, callback: { key: '123412', isMessage: true } })
  for (const [sentBy, change] of [
    ['lin', { send_result: 0 }],
    ['lin', {}],
    [null, { send_result: 1 }],
    [null, { event: 'before_send_msg' }],
    [null, { from_user_id: 7 }],
  ] as const)
    expect(read({ from_user_id: 'lin', ...change })).toMatchObject({ callback: { sentBy } })
  expect(JSON.stringify(read({}))).not.toContain(published.signature)
  const encoded = encodeURIComponent(JSON.stringify(published))
  expect(reader.read({ query, body: encoded, now })).toMatchObject({ ok: true })
  const inMs = createHash('sha1').update('1231470820198000secret').digest('hex')
  expect(read({ nonce: '123', timestamp: `${now}`, signature: inMs })).toMatchObject({ ok: true })
  for (const refused of [
    read({ signature: 'no' }),
    read({ signature: undefined }),
    read({ nonce: '123413' }),
    read({ appid: '2' }),
    read({}, now + 601_000),
  ])
    expect(refused).toEqual(unsigned)
  const signed = (nonce: string, more: object = {}) => {
    const sorted = ['secret', '1470820198', nonce].sort((a, b) => (a < b ? -1 : 1)).join('')
    return read({ nonce, signature: createHash('sha1').update(sorted).digest('hex'), ...more })
  }
  expect(signed('0')).toMatchObject({ ok: true })
  // What tells one call from another must be there.
  expect(signed('')).toEqual(unsigned)
  for (const refused of [
    signed('0'.repeat(201)),
    ...[undefined, 7, '', 'not an event', 'x'.repeat(101)].map((event) => signed('0', { event })),
    signed('0', { deep: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) }),
    reader.read({ query, body: '%', now }),
  ])
    expect(refused).toEqual(malformed)
})

test('what Tencent’s own moderation found, and what was recalled, is understood as the documents show it', () => {
  const found = {
    Scene: 'C2C',
    SdkAppId: 1400187352,
    From_Account: 'jared',
    ContactItem: { ContactType: 1, To_Account: 'Jonh' },
    ContentType: 'Text',
    TextContent: ['aaabbbccc'],
    MsgID: '1434460578_4137340972_1661154487',
    CtxcbResult: 1,
    CtxcbRequestId: '241ed925',
    CtxcbLabel: 'Abuse',
    CtxcbKeywords: ['bbb'],
  }
  expect(meaningOfTencent('ContentCallback.ResultNotify', found)).toEqual({
    kind: 'moderated',
    senderId: 'jared',
    place: { userId: 'jared', peerId: 'Jonh' },
    messageIds: ['1434460578_4137340972_1661154487'],
    label: 'harassment',
    found: ['Abuse', 'bbb'],
  })
  expect(meaningOfTencent('ContentCallback.ResultNotify', { ...found, CtxcbResult: 0 })).toEqual({
    kind: 'other',
  })
  const recall = { GroupId: 'g', MsgSeqList: [{ MsgSeq: 7 }] }
  expect(meaningOfTencent('Group.CallbackAfterRecallMsg', recall)).toEqual({
    kind: 'gone',
    place: { groupId: 'g', topicId: '' },
    messageIds: ['7'],
  })
  expect(meaningOfTencent('Sns.CallbackBlackListAdd', {})).toEqual({ kind: 'other' })
  expect(() => meaningOfTencent('ContentCallback.ResultNotify', {})).toThrow()
})
