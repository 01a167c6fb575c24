import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiName } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({
    accounts: [
      { id: 'lin88', nickname: '林', avatarUrl: 'https://example.com/lin.png', presence: 'Online' },
      { id: 'alice', presence: 'PushOnline' },
      { id: 'bob', nickname: '' },
    ],
  })
})

const call = async (api: ApiName, body: object) => (await callProvider(emulator.url, api, body)).json
const ids = (count: number) => Array.from({ length: count }, (_, index) => `user${index}`)

describe('account_check', () => {
  it('says of each account whether it exists', async () => {
    expect(await call('account_check', { CheckItem: [{ UserID: 'lin88' }, { UserID: 'nobody' }] })).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      ResultItem: [
        { UserID: 'lin88', ResultCode: 0, ResultInfo: '', AccountStatus: 'Imported' },
        { UserID: 'nobody', ResultCode: 0, ResultInfo: '', AccountStatus: 'NotImported' },
      ],
    })
  })

  it('takes 100 accounts and refuses 101', async () => {
    const items = (count: number) => ({ CheckItem: ids(count).map((UserID) => ({ UserID })) })
    expect(await call('account_check', items(100))).toMatchObject({ ErrorCode: 0 })
    expect(await call('account_check', items(101))).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 70402 })
    expect((await emulator.control.violations()).counts).toEqual({ 'batch-too-large': 1 })
  })
})

describe('portrait_get', () => {
  it('gives the fields that are set, and names the accounts that do not exist', async () => {
    const answer = await call('portrait_get', {
      To_Account: ['lin88', 'nobody', 'alice', 'bob'],
      TagList: ['Tag_Profile_IM_Nick', 'Tag_Profile_IM_Image'],
    })
    expect(answer).toEqual({
      UserProfileItem: [
        {
          To_Account: 'lin88',
          ProfileItem: [
            { Tag: 'Tag_Profile_IM_Nick', Value: '林' },
            { Tag: 'Tag_Profile_IM_Image', Value: 'https://example.com/lin.png' },
          ],
          ResultCode: 0,
          ResultInfo: '',
        },
        { To_Account: 'nobody', ResultCode: 40003, ResultInfo: expect.any(String) },
        { To_Account: 'alice', ProfileItem: [], ResultCode: 0, ResultInfo: '' },
        {
          To_Account: 'bob',
          ProfileItem: [{ Tag: 'Tag_Profile_IM_Nick', Value: '' }],
          ResultCode: 0,
          ResultInfo: '',
        },
      ],
      Fail_Account: ['nobody'],
      ActionStatus: 'OK',
      ErrorCode: 0,
      ErrorInfo: '',
      ErrorDisplay: '',
    })
  })

  it('leaves Fail_Account out when nothing failed', async () => {
    const answer = await call('portrait_get', { To_Account: ['lin88'], TagList: ['Tag_Profile_IM_Nick'] })
    expect(answer).not.toHaveProperty('Fail_Account')
  })

  it('takes 100 accounts and refuses 101', async () => {
    const body = (count: number) => ({ To_Account: ids(count), TagList: ['Tag_Profile_IM_Nick'] })
    expect(await call('portrait_get', body(100))).toMatchObject({ ErrorCode: 0 })
    const refused = { ActionStatus: 'FAIL', ErrorCode: 40001, ErrorDisplay: '' }
    expect(await call('portrait_get', body(101))).toMatchObject(refused)
  })
})

describe('query_online_status', () => {
  it('gives the presence, and names the accounts that do not exist', async () => {
    const answer = await call('query_online_status', { To_Account: ['lin88', 'alice', 'bob', 'nobody'] })
    expect(answer).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      QueryResult: [
        { To_Account: 'lin88', Status: 'Online' },
        { To_Account: 'alice', Status: 'PushOnline' },
        { To_Account: 'bob', Status: 'Offline' },
      ],
      ErrorList: [{ To_Account: 'nobody', ErrorCode: 70107 }],
    })
  })

  it('gives the platforms when asked, and no ErrorList when nothing failed', async () => {
    const answer = await call('query_online_status', { To_Account: ['lin88'], IsNeedDetail: 1 })
    expect(answer).toMatchObject({ QueryResult: [{ Detail: [{ Platform: 'Web', Status: 'Online' }] }] })
    expect(answer).not.toHaveProperty('ErrorList')
  })

  it('takes 500 accounts and refuses 501', async () => {
    expect(await call('query_online_status', { To_Account: ids(500) })).toMatchObject({ ErrorCode: 0 })
    expect(await call('query_online_status', { To_Account: ids(501) })).toMatchObject({ ErrorCode: 90011 })
  })
})

const nick = ['Tag_Profile_IM_Nick']

describe('batch calls', () => {
  it.each([
    ['account_check', {}, 70402, 'bad-body'],
    ['account_check', { CheckItem: [] }, 70402, 'bad-body'],
    ['account_check', { CheckItem: ['lin88'] }, 70402, 'bad-body'],
    ['account_check', { CheckItem: [{ UserId: 'lin88' }] }, 70402, 'bad-body'],
    ['account_check', { CheckItem: [{ UserID: 88 }] }, 70402, 'bad-account-id'],
    ['portrait_get', { TagList: nick }, 40002, 'bad-body'],
    ['portrait_get', { To_Account: 'lin88', TagList: nick }, 40001, 'bad-body'],
    ['portrait_get', { To_Account: ['x'.repeat(33)], TagList: nick }, 40001, 'bad-account-id'],
    ['portrait_get', { To_Account: ['lin88'] }, 40001, 'bad-body'],
    ['portrait_get', { To_Account: ['lin88'], TagList: [] }, 40001, 'bad-body'],
    ['portrait_get', { To_Account: ['lin88'], TagList: [1] }, 40001, 'bad-body'],
    ['portrait_get', { To_Account: ['lin88'], TagList: ['toString'] }, 40009, 'bad-body'],
    ['query_online_status', {}, 90003, 'bad-body'],
    ['query_online_status', { To_Account: [] }, 90003, 'bad-body'],
    ['query_online_status', { To_Account: ['林'] }, 90003, 'bad-account-id'],
    ['query_online_status', { To_Account: ['lin88'], IsNeedDetail: true }, 90001, 'bad-body'],
  ] as const)('%s refuses %j with %i', async (api, body, code, kind) => {
    expect(await call(api, body)).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code })
    expect((await emulator.control.violations()).counts).toEqual({ [kind]: 1 })
  })

  it.each([
    ['account_check', 60003, 70403],
    ['portrait_get', 40001, 40004],
    ['query_online_status', 90001, 90009],
  ] as const)('%s has its own codes for no JSON and for no administrator', async (api, badJson, notAdmin) => {
    const broken = await callProvider(emulator.url, api, {}, { rawBody: '' })
    expect(broken.json).toMatchObject({ ErrorCode: badJson })
    const stranger = await callProvider(emulator.url, api, {}, { identifier: 'lin88' })
    expect(stranger.json).toMatchObject({ ErrorCode: notAdmin })
  })

  it('count, but answer, an account named twice and a field nobody knows', async () => {
    await call('query_online_status', { To_Account: ['lin88', 'lin88'] })
    await call('account_check', { CheckItem: [{ UserID: 'lin88', Nick: 'x' }] })
    expect((await emulator.control.violations()).counts).toEqual({
      'repeated-account': 1,
      'unknown-field': 1,
    })
  })
})
