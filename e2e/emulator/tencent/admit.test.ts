import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { type CallChanges, callProvider, officialUserSig } from '../testing/call-provider'
import { DEFAULT_APPS } from './apps'

const KEY = DEFAULT_APPS[0]?.secretKey ?? ''

/** A body that is sound but for one byte that no UTF-8 text holds. */
const NOT_UTF8 = Uint8Array.from(Buffer.from('{"Get_Account":"\xff"}', 'latin1'))

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({ accounts: [{ id: 'lin88' }] })
})

const get = (changes: CallChanges) =>
  callProvider(emulator.url, 'getnospeaking', { Get_Account: 'lin88' }, changes)

describe('what all calls have in common', () => {
  it('lets a flawless call pass and counts no violation', async () => {
    const { status, json } = await get({})
    expect(status).toBe(200)
    expect(json).toMatchObject({ ErrorCode: 0 })
    expect(await emulator.control.violations()).toEqual({ total: 0, counts: {}, list: [] })
  })

  it.each([
    ['GET', { method: 'GET' }, 60002, 'bad-method'],
    ['PUT', { method: 'PUT' }, 60002, 'bad-method'],
    ['an unknown path', { path: 'v4/openconfigsvr/nospeaking' }, 60009, 'unknown-path'],
    ['a path in capitals', { path: 'v4/openconfigsvr/GetNoSpeaking' }, 60009, 'unknown-path'],
    ['no sdkappid', { query: { sdkappid: null } }, 60012, 'bad-query'],
    ['a name in capitals', { query: { sdkappid: null, SdkAppId: '1400000000' } }, 60012, 'bad-query'],
    ['an sdkappid that is no number', { query: { sdkappid: '14e8' } }, 60006, 'bad-query'],
    ['an unknown sdkappid', { query: { sdkappid: '1400009999' } }, 70020, 'bad-query'],
    ['no random', { query: { random: null } }, 60002, 'bad-query'],
    ['a random over 32 bits', { query: { random: '4294967296' } }, 60002, 'bad-query'],
    ['a negative random', { query: { random: '-1' } }, 60002, 'bad-query'],
    ['a random with a fraction', { query: { random: '1.5' } }, 60002, 'bad-query'],
    ['no contenttype', { query: { contenttype: null } }, 60002, 'bad-query'],
    ['another contenttype', { query: { contenttype: 'JSON' } }, 60002, 'bad-query'],
    ['no identifier', { query: { identifier: null } }, 60004, 'bad-query'],
    ['an identifier that is too long', { query: { identifier: 'x'.repeat(33) } }, 60004, 'bad-query'],
    ['no usersig', { query: { usersig: null } }, 70002, 'bad-signature'],
    ['an empty usersig', { query: { usersig: '' } }, 70002, 'bad-signature'],
    ['a malformed usersig', { query: { usersig: 'abcd' } }, 70003, 'bad-signature'],
    ['the key of another app', { secretKey: 'another' }, 70009, 'bad-signature'],
    ['another identifier', { query: { identifier: 'administrator2' } }, 70013, 'bad-signature'],
    ['another app', { query: { sdkappid: '1400000001' } }, 70014, 'bad-signature'],
    ['a caller who is no administrator', { identifier: 'lin88' }, 60010, 'not-admin'],
    ['a parameter given twice', { rawQuery: 'random=1' }, 60002, 'bad-query'],
    ['a broken percent sign', { rawQuery: 'x=%zz' }, 60002, 'bad-query'],
    ['a bare plus sign', { rawQuery: 'x=a+b' }, 60002, 'bad-query'],
    ['an empty body', { rawBody: '' }, 130001, 'bad-body'],
    ['a body that is not JSON', { rawBody: '{"Get_Account":"lin88",}' }, 130001, 'bad-body'],
    ['a body that is no object', { rawBody: '["lin88"]' }, 130001, 'bad-body'],
    ['a body that is not UTF-8', { rawBody: NOT_UTF8 }, 130001, 'bad-body'],
  ] satisfies [string, CallChanges, number, string][])('refuses %s', async (_, changes, code, kind) => {
    const { status, json } = await get(changes)
    expect(status).toBe(200)
    expect(json).toMatchObject({ ErrorCode: code })
    expect((await emulator.control.violations()).counts).toMatchObject({ [kind]: 1 })
  })

  it('answers, but counts, a parameter that the documents do not name', async () => {
    expect((await get({ rawQuery: 'nonce=1' })).json).toMatchObject({ ErrorCode: 0 })
    expect((await emulator.control.violations()).counts).toEqual({ 'unknown-query-parameter': 1 })
  })

  it('lets a signature expire by its own hand of the clock', async () => {
    const usersig = officialUserSig(1400000000, KEY, 'administrator', 3600)
    await emulator.control.advanceClock(3700, 'mutes')
    expect((await get({ query: { usersig } })).json).toMatchObject({ ErrorCode: 0 })
    await emulator.control.advanceClock(3700, 'signatures')
    expect((await get({ query: { usersig } })).json).toMatchObject({ ErrorCode: 70001 })
  })

  it('knows every administrator of every app, and ids that need encoding', async () => {
    await emulator.control.seed({ appId: 1400000001, accounts: [{ id: 'lin88' }] })
    const changes = { appId: 1400000001, identifier: 'night shift' }
    expect((await get(changes)).json).toMatchObject({ ErrorCode: 0 })
  })

  it('logs every call without its signature', async () => {
    await get({ query: { random: '7' } })
    await get({ query: { sdkappid: null } })
    const [good, bad] = await emulator.control.calls()
    expect(good).toMatchObject({
      api: 'getnospeaking',
      appId: 1400000000,
      random: 7,
      accounts: ['lin88'],
      state: 'answered',
      status: 200,
      code: 0,
      fault: null,
    })
    expect(bad).toMatchObject({ api: 'getnospeaking', appId: null, code: 60012 })
    expect(JSON.stringify([good, bad])).not.toContain('eJ')
  })
})
