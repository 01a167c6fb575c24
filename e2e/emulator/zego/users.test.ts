import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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
  await emulator.control.seed({
    zego: {
      users: [
        { id: 'lin88', name: '林小雨', avatarUrl: '/pictures/lin88.png', session: 'Online' },
        { id: 'two words', session: 'Offline' },
        { id: 'left', session: 'none' },
      ],
    },
  })
})

const ask = async (action: ZegoAction, params: object) => (await callZego(emulator.url, action, params)).json
const counts = async () => (await emulator.control.violations()).counts
const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`)

describe('QueryUserInfos', () => {
  const infos = (UserIds: unknown) => ask('QueryUserInfos', { UserIds })

  it('gives names and pictures, and names those who do not exist', async () => {
    expect(await infos(['lin88', 'nobody', 'two words'])).toMatchObject({
      Code: 0,
      Result: [
        { UserId: 'lin88', UserName: '林小雨', UserAvatar: `${emulator.url}/pictures/lin88.png`, Extra: '' },
        { UserId: 'two words', UserName: '', UserAvatar: '', Extra: '' },
      ],
      ErrorList: [{ UserId: 'nobody', SubCode: 660700015 }],
    })
  })

  it('is no success when none exists', async () => {
    expect(await infos(['nobody'])).toMatchObject({ Code: 660700015, ErrorList: [{ UserId: 'nobody' }] })
    expect(await counts()).toEqual({})
  })

  it('takes 100 users and 64 bytes, and refuses more', async () => {
    expect(await infos(['lin88', ...ids(99)])).toMatchObject({ Code: 0 })
    expect(await infos(['lin88', 'x'.repeat(64)])).toMatchObject({ Code: 0 })
    expect(await infos(ids(101))).toMatchObject({ Code: 660000002 })
    expect(await infos(['x'.repeat(65)])).toMatchObject({ Code: 660000012 })
    expect(await infos(['林'])).toMatchObject({ Code: 660000002 })
    expect(await infos([7])).toMatchObject({ Code: 660000002 })
    expect(await infos('lin88')).toMatchObject({ Code: 660000002 })
    expect(await counts()).toEqual({ 'batch-too-large': 1, 'bad-account-id': 2, 'bad-body': 2 })
  })
})

describe('QueryUserOnlineState', () => {
  const states = (UserId: unknown) => ask('QueryUserOnlineState', { UserId })

  it('gives who has a login, and names those who have none', async () => {
    expect(await states(['lin88', 'two words', 'left', 'nobody'])).toMatchObject({
      Code: 0,
      Result: [
        { UserId: 'lin88', Status: 'Online' },
        { UserId: 'two words', Status: 'Offline' },
      ],
      ErrorList: [
        { UserId: 'left', SubCode: 660200001 },
        { UserId: 'nobody', SubCode: 660200001 },
      ],
    })
  })

  it('is no success when nobody has a login, and refuses 101', async () => {
    expect(await states(['left'])).toMatchObject({ Code: 660200001, ErrorList: [{ UserId: 'left' }] })
    expect(await states(ids(101))).toMatchObject({ Code: 660000011 })
    expect(await counts()).toEqual({ 'batch-too-large': 1 })
  })
})

describe('UserRegister', () => {
  const register = (UserInfo: unknown) => ask('UserRegister', { UserInfo })

  it('makes users who may then operate but have no login', async () => {
    expect(await register([{ UserId: 'mod', UserName: 'Moderation' }, { UserId: 'lin88' }])).toMatchObject({
      Code: 0,
      ErrorList: [{ UserId: 'lin88', SubCode: 660700002, SubMessage: expect.any(String) }],
    })
    expect(await ask('FetchForbidGroupList', { FromUserId: 'mod', StartFlag: 0 })).toMatchObject({ Code: 0 })
    expect(await ask('QueryUserOnlineState', { UserId: ['mod'] })).toMatchObject({ Code: 660200001 })
    expect(await ask('QueryUserInfos', { UserIds: ['mod', 'lin88'] })).toMatchObject({
      Result: [{ UserName: 'Moderation' }, { UserName: '林小雨' }],
    })
    expect(await register([{ UserId: 'mod' }])).toMatchObject({ Code: 660700002 })
    expect(await counts()).toEqual({})
  })

  it('takes 100 users and 256 bytes of name, and refuses more', async () => {
    const entries = (count: number) => ids(count).map((UserId) => ({ UserId, UserName: 'n'.repeat(256) }))
    expect(await register(entries(101))).toMatchObject({ Code: 660000011 })
    expect(await register(entries(100))).toMatchObject({ Code: 0 })
    expect(await register([{ UserId: 'new', UserName: '名'.repeat(86) }])).toMatchObject({ Code: 50014 })
    expect(await register([{ UserId: 'new', UserAvatar: 'a'.repeat(501) }])).toMatchObject({
      Code: 660000002,
    })
    expect(await register([{ UserId: 'x'.repeat(33) }])).toMatchObject({ Code: 660000012 })
    expect(await register([{ UserName: 'no id' }])).toMatchObject({ Code: 660000002 })
    expect(await register([{ UserId: 'new', Role: 1 }])).toMatchObject({ Code: 0 })
    expect(await counts()).toEqual({
      'batch-too-large': 1,
      'bad-body': 2,
      'bad-account-id': 2,
      'unknown-field': 1,
    })
  })
})
