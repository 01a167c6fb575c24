import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callZego } from '../testing/call-zego'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

const crowd = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`)

beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({
    zego: {
      users: [{ id: 'mod' }],
      groups: [
        {
          id: 'g',
          members: [
            { id: 'owner', role: 1 },
            { id: 'admin', role: 2 },
            { id: 'lin88' },
            { id: 'bob', muted: 'forever' },
            ...crowd(60).map((id) => ({ id })),
          ],
        },
      ],
    },
  })
})

const FROM = { FromUserId: 'mod', GroupId: 'g' }
const mute = async (params: object) =>
  (await callZego(emulator.url, 'MuteGroupMembers', { ...FROM, Duration: 60, ...params })).json
const kick = async (params: object) =>
  (await callZego(emulator.url, 'KickoutGroupUser', { ...FROM, ...params })).json
const counts = async () => (await emulator.control.violations()).counts
const memberOf = async (id: string) =>
  (await emulator.control.zegoGroup('g')).members.find((member) => member.id === id)

describe('MuteGroupMembers', () => {
  it('mutes from now on, for a time or for ever, and lifts', async () => {
    expect(await mute({ UserIds: ['lin88', 'bob'], Duration: 3600 })).toMatchObject({
      Code: 0,
      ErrorUsers: [],
    })
    const { mutesNow } = await emulator.control.clock()
    expect(Math.abs(Number((await memberOf('bob'))?.until) - mutesNow - 3_600_000)).toBeLessThan(3_000)
    await mute({ UserIds: ['lin88'], Duration: -1 })
    await mute({ UserIds: ['bob'], Duration: 0 })
    expect(await memberOf('lin88')).toEqual({ id: 'lin88', role: 3, until: 'forever' })
    expect(await memberOf('bob')).toMatchObject({ until: null })
    expect(await emulator.control.journal()).toMatchObject([
      { account: 'lin88', group: 'g', source: 'api', changes: { member: { before: null } } },
      { account: 'bob', changes: { member: { before: 'forever' } } },
      { account: 'lin88', changes: { member: { after: 'forever' } } },
      { account: 'bob', changes: { member: { after: null } } },
    ])
    expect(await counts()).toEqual({})
    expect((await emulator.control.tips()).at(0)).toMatchObject({
      kind: 'member-mute',
      operator: 'mod',
      accounts: ['lin88', 'bob'],
    })
  })

  it('lifts without Duration, and counts that', async () => {
    expect(await mute({ UserIds: ['bob'], Duration: '' })).toMatchObject({ Code: 0 })
    expect(await memberOf('bob')).toMatchObject({ until: null })
    expect(await counts()).toEqual({ 'implicit-duration': 1 })
  })

  it('names those who failed: strangers, and the owner', async () => {
    expect(await mute({ UserIds: ['stranger', 'lin88', 'owner', 'admin'] })).toMatchObject({
      Code: 0,
      ErrorUsers: [
        { UserId: 'stranger', SubCode: 660600024 },
        { UserId: 'owner', SubCode: 660600032 },
      ],
    })
    expect((await emulator.control.journal()).map(({ account }) => account)).toEqual(['lin88', 'admin'])
    expect((await emulator.control.tips()).at(0)?.accounts).toEqual(['lin88', 'admin'])
  })

  it('answers 660600033 when all failed, and tells nobody', async () => {
    expect(await mute({ UserIds: ['stranger', 'owner'] })).toMatchObject({
      Code: 660600033,
      ErrorUsers: [{ UserId: 'stranger' }, { UserId: 'owner' }],
    })
    expect(await emulator.control.tips()).toEqual([])
    expect(await counts()).toEqual({})
  })

  it('lets an administrator mute those below, and the owner even himself', async () => {
    expect(await mute({ FromUserId: 'admin', UserIds: ['owner', 'admin', 'lin88'] })).toMatchObject({
      ErrorUsers: [{ UserId: 'owner', SubCode: 660600032 }, { UserId: 'admin' }],
    })
    expect(await mute({ FromUserId: 'owner', UserIds: ['owner', 'admin'] })).toMatchObject({ ErrorUsers: [] })
    expect(await mute({ FromUserId: 'lin88', UserIds: ['bob'] })).toMatchObject({ Code: 660600032 })
    expect(await mute({ FromUserId: 'ghost', UserIds: ['bob'] })).toMatchObject({ Code: 660500002 })
    expect(await counts()).toEqual({ 'not-permitted': 2 })
  })

  it('takes 20 members and refuses 21', async () => {
    expect(await mute({ UserIds: crowd(20) })).toMatchObject({ Code: 0 })
    expect(await mute({ UserIds: crowd(21) })).toMatchObject({ Code: 660000002 })
    expect(await counts()).toEqual({ 'batch-too-large': 1 })
  })

  it('refuses an empty list and ids that are none, and counts one named twice', async () => {
    expect(await mute({ UserIds: [] })).toMatchObject({ Code: 660000002 })
    expect(await mute({ UserIds: ['林'] })).toMatchObject({ Code: 660000002 })
    expect(await mute({ UserIds: ['x'.repeat(33)] })).toMatchObject({ Code: 660000012 })
    expect(await mute({ UserIds: ['bob', 'bob'] })).toMatchObject({ Code: 0 })
    expect(await counts()).toEqual({ 'bad-query': 1, 'bad-account-id': 2, 'repeated-account': 1 })
  })

  it('answers 660600001 for a group that does not exist', async () => {
    expect(await mute({ GroupId: 'gone', UserIds: ['bob'] })).toMatchObject({ Code: 660600001 })
    expect(await counts()).toEqual({})
  })
})

describe('KickoutGroupUser', () => {
  it('removes members with their mutes, and names those who were none', async () => {
    expect(await kick({ UserId: ['bob', 'stranger'], CustomReason: 'spam' })).toMatchObject({
      Code: 0,
      ErrorList: [{ UserId: 'stranger', SubCode: 660600008 }],
    })
    expect(await memberOf('bob')).toBeUndefined()
    expect(await emulator.control.journal()).toMatchObject([
      { account: 'bob', group: 'g', changes: { membership: { before: true, after: false } } },
    ])
    expect(await emulator.control.tips()).toMatchObject([{ kind: 'kick', accounts: ['bob'] }])
    await emulator.control.putZegoGroup({ group: 'g', members: [{ id: 'bob', isMember: true }] })
    expect(await memberOf('bob')).toMatchObject({ until: null })
  })

  it('promotes the first of the others when the owner goes', async () => {
    await kick({ UserId: ['owner', 'admin'] })
    expect(await memberOf('lin88')).toMatchObject({ role: 1 })
  })

  it('takes 50 members and refuses 51, a plain member, a long reason, and the other name of the list', async () => {
    expect(await kick({ UserId: crowd(51) })).toMatchObject({ Code: 660000011 })
    expect(await kick({ UserId: crowd(50) })).toMatchObject({ Code: 0, ErrorList: [] })
    expect(await kick({ FromUserId: 'lin88', UserId: ['bob'] })).toMatchObject({ Code: 660600032 })
    expect(await kick({ UserId: ['bob'], CustomReason: '迷'.repeat(11) })).toMatchObject({ Code: 660000002 })
    expect(await kick({ UserIds: ['bob'] })).toMatchObject({ Code: 660000002 })
    expect(await kick({ UserId: ['stranger'] })).toMatchObject({ Code: 660600008, ErrorList: [{}] })
    expect(await counts()).toEqual({
      'batch-too-large': 1,
      'not-permitted': 1,
      'bad-body': 2,
      'unknown-field': 1,
    })
  })
})
