import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'
import { callZego } from '../testing/call-zego'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({
    accounts: [{ id: 'lin88' }],
    zego: { users: [{ id: 'mod' }], groups: [{ id: 'g', members: [{ id: 'lin88' }, { id: 'bob' }] }] },
  })
})

const mute = (UserIds = ['lin88', 'bob']) =>
  callZego(emulator.url, 'MuteGroupMembers', { FromUserId: 'mod', GroupId: 'g', UserIds, Duration: 60 })
const applied = async () => (await emulator.control.journal()).map(({ account }) => account)
const lastCall = async () => (await emulator.control.calls()).at(-1)

describe('faults on ZEGO calls', () => {
  it('code answers in the envelope, applied or not', async () => {
    await emulator.control.addFaults(
      { kind: 'code', code: 660300005 },
      { kind: 'code', code: 1, info: 'busy', applies: true },
    )
    expect((await mute()).json).toEqual({ Code: 660300005, Message: 'fault', RequestId: expect.any(String) })
    expect(await applied()).toEqual([])
    expect((await mute()).json).toMatchObject({ Code: 1, Message: 'busy' })
    expect(await applied()).toEqual(['lin88', 'bob'])
  })

  it('drop, status, html, empty and wrong-types spoil as they do elsewhere', async () => {
    await emulator.control.addFaults(
      { kind: 'drop-before' },
      { kind: 'drop-after' },
      { kind: 'status', status: 503 },
      { kind: 'html' },
      { kind: 'empty' },
      { kind: 'wrong-types' },
    )
    await expect(mute()).rejects.toThrow('fetch failed')
    expect(await applied()).toEqual([])
    await expect(mute()).rejects.toThrow('fetch failed')
    expect(await applied()).toHaveLength(2)
    expect(await mute()).toMatchObject({ status: 503, json: undefined })
    expect((await mute()).text).toContain('<h1>')
    expect(await mute()).toMatchObject({ status: 200, text: '' })
    expect((await mute()).json).toMatchObject({ Code: '0', ErrorUsers: { 0: null } })
    expect(await lastCall()).toMatchObject({ api: 'MuteGroupMembers', fault: 'wrong-types', code: 0 })
  })

  it('partial makes one account fail and does the others', async () => {
    await emulator.control.addFaults({ kind: 'partial', account: 'lin88', code: 660000001 })
    expect((await mute()).json).toMatchObject({
      Code: 0,
      ErrorUsers: [{ UserId: 'lin88', SubCode: 660000001 }],
    })
    expect(await applied()).toEqual(['bob'])
    expect(await lastCall()).toMatchObject({ fault: 'partial', code: 0 })
    expect((await mute()).json).toMatchObject({ ErrorUsers: [] })
  })

  it('partial is a failure of the whole when nobody is left', async () => {
    await emulator.control.addFaults({ kind: 'partial', account: 'lin88', code: 660000001 })
    expect((await mute(['lin88'])).json).toMatchObject({
      Code: 660600033,
      ErrorUsers: [{ UserId: 'lin88', SubCode: 660000001 }],
    })
    expect(await applied()).toEqual([])
  })

  it('partial waits for an answer that has a place for it, in the array of its Action', async () => {
    await emulator.control.addFaults({ kind: 'partial', account: 'lin88', code: 9 })
    const body = { Set_Account: 'lin88', GroupmsgNospeakingTime: 60 }
    expect((await callProvider(emulator.url, 'setnospeaking', body)).json).toMatchObject({ ErrorCode: 0 })
    await callZego(emulator.url, 'QueryGroupsInfoOfUser', { FromUserId: 'lin88', Limit: 1 })
    expect(await emulator.control.faults()).toMatchObject([{ struck: 0 }])
    const { json } = await callZego(emulator.url, 'QueryUserInfos', { UserIds: ['mod', 'lin88'] })
    expect(json).toMatchObject({ Result: [{ UserId: 'mod' }], ErrorList: [{ UserId: 'lin88', SubCode: 9 }] })
  })

  it('fit by Action and by app, apart from Tencent', async () => {
    await emulator.control.addFaults({ kind: 'code', code: 7, appId: 1234567890, api: 'QueryUserInfos' })
    expect((await mute()).json).toMatchObject({ Code: 0 })
    const { json } = await callZego(emulator.url, 'QueryUserInfos', { UserIds: ['mod'] })
    expect(json).toMatchObject({ Code: 7 })
  })

  it('are not used up by a call that is refused', async () => {
    await emulator.control.addFaults({ kind: 'code', code: 7 })
    expect((await mute([])).json).toMatchObject({ Code: 660000002 })
    expect(await emulator.control.faults()).toMatchObject([{ struck: 0 }])
  })
})
