import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callZego, type ZegoChanges } from '../testing/call-zego'

/** A body that is sound but for one byte that no UTF-8 text holds. */
const NOT_UTF8 = Uint8Array.from(Buffer.from('{"UserIds":["\xff"]}', 'latin1'))

const nowSeconds = () => Math.floor(Date.now() / 1000)

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({
    zego: { users: [{ id: 'mod' }], groups: [{ id: '#g&1', members: [{ id: 'lin88' }, { id: 'bob' }] }] },
  })
})

const post = (changes: ZegoChanges = {}) =>
  callZego(emulator.url, 'QueryUserInfos', { UserIds: ['mod'] }, changes)
const get = (changes: ZegoChanges = {}) =>
  callZego(
    emulator.url,
    'MuteGroupMembers',
    { FromUserId: 'mod', GroupId: '#g&1', UserIds: ['lin88'], Duration: 60 },
    changes,
  )
const counts = async () => (await emulator.control.violations()).counts

describe('what all Actions have in common', () => {
  it('lets flawless calls pass in the envelope and counts no violation', async () => {
    const { status, json } = await get()
    expect(status).toBe(200)
    expect(json).toEqual({ Code: 0, Message: 'success', RequestId: expect.any(String), ErrorUsers: [] })
    expect((await post()).json).toMatchObject({ Code: 0, Result: [{ UserId: 'mod' }] })
    expect(await emulator.control.violations()).toEqual({ total: 0, counts: {}, list: [] })
  })

  it.each([
    ['no Action', { query: { Action: null } }, 100000006, 'unknown-path'],
    ['an unknown Action', { query: { Action: 'QueryGroupMutedMemberList' } }, 100000007, 'unknown-path'],
    ['an Action in small letters', { query: { Action: 'queryuserinfos' } }, 100000007, 'unknown-path'],
    ['GET in place of POST', { method: 'GET' }, 100000007, 'bad-method'],
    ['PUT in place of POST', { method: 'PUT' }, 100000007, 'bad-method'],
    ['no AppId', { query: { AppId: null } }, 100000001, 'bad-query'],
    ['an AppId that is no number', { query: { AppId: '0x1' } }, 100000001, 'bad-query'],
    ['an AppId over 32 bits', { query: { AppId: '4294967296' } }, 100000001, 'bad-query'],
    ['an unknown AppId', { query: { AppId: '77' } }, 100000010, 'bad-query'],
    ['no nonce', { query: { SignatureNonce: null } }, 100000008, 'bad-query'],
    ['a nonce of 14 digits', { nonce: '15215528852396' }, 100000008, 'bad-query'],
    ['no Timestamp', { query: { Timestamp: null } }, 100000002, 'bad-query'],
    ['a Timestamp with a fraction', { timestamp: '1615186943.5' }, 100000003, 'bad-query'],
    ['a Timestamp in milliseconds', { timestamp: `${Date.now()}` }, 100000003, 'bad-query'],
    ['no SignatureVersion', { query: { SignatureVersion: null } }, 100000013, 'bad-query'],
    ['another SignatureVersion', { query: { SignatureVersion: '1.0' } }, 100000014, 'bad-query'],
    ['no Signature', { query: { Signature: null } }, 100000009, 'bad-signature'],
    ['another secret', { serverSecret: 'ffffffffffffffffffffffffffffffff' }, 100000005, 'bad-signature'],
    ['another time', { query: { Timestamp: String(nowSeconds() - 1) } }, 100000005, 'bad-signature'],
    ['a signature of long ago', { timestamp: nowSeconds() - 700 }, 100000004, 'bad-signature'],
    ['a signature of the future', { timestamp: nowSeconds() + 700 }, 100000004, 'bad-signature'],
    ['a parameter given twice', { rawQuery: 'AppId=1234567890' }, 660000002, 'bad-query'],
    ['a broken percent sign', { rawQuery: 'x=%zz' }, 660000002, 'bad-query'],
    ['a bare plus sign', { rawQuery: 'x=a+b' }, 660000002, 'bad-query'],
    ['an empty body', { rawBody: '' }, 660000002, 'bad-body'],
    ['a body that is not JSON', { rawBody: 'UserIds=mod' }, 660000002, 'bad-body'],
    ['a body that is no object', { rawBody: '["mod"]' }, 660000002, 'bad-body'],
    ['a body that is not UTF-8', { rawBody: NOT_UTF8 }, 660000002, 'bad-body'],
  ] satisfies [string, ZegoChanges, number, string][])('refuses %s', async (_, changes, code, kind) => {
    const { status, json } = await post(changes)
    expect(status).toBe(200)
    expect(json).toMatchObject({ Code: code })
    expect(await counts()).toEqual({ [kind]: 1 })
  })

  it('refuses POST for a GET Action', async () => {
    expect((await get({ method: 'POST' })).json).toMatchObject({ Code: 100000007 })
    expect(await counts()).toEqual({ 'bad-method': 1 })
  })

  it('refuses a nonce within ten minutes of its use, and takes it again later', async () => {
    const nonce = '0123456789abcdef'
    expect((await post({ nonce })).json).toMatchObject({ Code: 0 })
    expect((await post({ nonce })).json).toMatchObject({ Code: 100000005 })
    expect(await counts()).toEqual({ 'bad-signature': 1 })
    await emulator.control.advanceClock(601, 'signatures')
    expect((await post({ nonce, timestamp: nowSeconds() + 601 })).json).toMatchObject({ Code: 0 })
  })

  it('lets a signature expire by its own hand of the clock', async () => {
    await emulator.control.advanceClock(3600, 'mutes')
    expect((await post()).json).toMatchObject({ Code: 0 })
    await emulator.control.advanceClock(590, 'signatures')
    expect((await post()).json).toMatchObject({ Code: 0 })
    await emulator.control.advanceClock(20, 'signatures')
    expect((await post()).json).toMatchObject({ Code: 100000004 })
  })

  it('answers, but counts, what the documents do not name', async () => {
    expect((await get({ rawQuery: 'IsTest=false' })).json).toMatchObject({ Code: 0 })
    expect((await post({ rawQuery: 'UserIds[]=bob' })).json).toMatchObject({ Result: [{ UserId: 'mod' }] })
    expect((await post({ rawBody: '{"UserIds":["mod"],"Limit":1}' })).json).toMatchObject({ Code: 0 })
    expect(await counts()).toEqual({ 'unknown-query-parameter': 2, 'unknown-field': 1 })
  })

  it.each([
    ['an array without brackets', 'UserIds=lin88&UserIds=bob'],
    ['an array of one without brackets', 'UserIds=lin88'],
    ['an array half with brackets', 'UserIds[]=lin88&UserIds=bob'],
    ['a number with a fraction', 'UserIds[]=lin88&Duration=1.5'],
    ['a number given twice', 'UserIds[]=lin88&Duration=60&Duration=60'],
    ['a raw # that cuts the rest off', 'UserIds[]=lin88&GroupId=#g'],
  ])('refuses %s in the query', async (_, rawQuery) => {
    const params = { FromUserId: 'mod', ...(rawQuery.includes('GroupId') ? {} : { GroupId: '#g&1' }) }
    const { json } = await callZego(emulator.url, 'MuteGroupMembers', params, { rawQuery })
    expect(json).toMatchObject({ Code: 660000002 })
    expect(await counts()).toMatchObject({ 'bad-query': 1 })
    expect(await emulator.control.journal()).toEqual([])
  })

  it('takes percent-encoded brackets', async () => {
    const params = { FromUserId: 'mod', GroupId: '#g&1', Duration: 60 }
    const rawQuery = 'UserIds%5B%5D=lin88&UserIds%5B%5D=bob'
    expect((await callZego(emulator.url, 'MuteGroupMembers', params, { rawQuery })).json).toMatchObject({
      Code: 0,
    })
    expect(await emulator.control.journal()).toHaveLength(2)
  })

  it('logs every call by its Action and nonce, without its signature', async () => {
    await get({ nonce: '00000000000000aa' })
    await post({ query: { AppId: null } })
    const calls = await emulator.control.calls()
    expect(calls).toMatchObject([
      {
        path: '/',
        api: 'MuteGroupMembers',
        appId: 1234567890,
        random: '00000000000000aa',
        accounts: ['lin88'],
        state: 'answered',
        code: 0,
      },
      { api: 'QueryUserInfos', appId: null, random: null, code: 100000001 },
    ])
    expect(JSON.stringify(calls)).not.toMatch(/[0-9a-f]{32}/)
  })

  it('keeps apps apart', async () => {
    await emulator.control.seed({
      zego: { appId: 5, apps: [{ appId: 5, serverSecret: 'own' }], users: [{ id: 'mod', name: 'Other' }] },
    })
    const { json } = await post({ appId: 5, serverSecret: 'own' })
    expect(json).toMatchObject({ Result: [{ UserId: 'mod', UserName: 'Other' }] })
  })
})
