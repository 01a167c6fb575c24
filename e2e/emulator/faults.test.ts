import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput } from './fault-schemas'
import { type Emulator, startEmulator } from './start'
import { callProvider } from './testing/call-provider'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({ accounts: [{ id: 'lin88', oneToOne: 'forever' }, { id: 'alice' }] })
})

const mute = (account = 'lin88') =>
  callProvider(emulator.url, 'setnospeaking', { Set_Account: account, GroupmsgNospeakingTime: 60 })
const read = (account = 'lin88') => callProvider(emulator.url, 'getnospeaking', { Get_Account: account })
const applied = async () => (await emulator.control.journal()).length
const lastCall = async () => (await emulator.control.calls()).at(-1)

describe('faults', () => {
  it('drop-before cuts the connection and applies nothing', async () => {
    await emulator.control.addFaults({ kind: 'drop-before' })
    await expect(mute()).rejects.toThrow('fetch failed')
    expect(await applied()).toBe(0)
    expect(await lastCall()).toMatchObject({
      fault: 'drop-before',
      state: 'dropped',
      status: null,
      code: null,
    })
  })

  it('drop-after applies exactly once and cuts the connection', async () => {
    await emulator.control.addFaults({ kind: 'drop-after' })
    await expect(mute()).rejects.toThrow('fetch failed')
    expect(await applied()).toBe(1)
    expect(await lastCall()).toMatchObject({ fault: 'drop-after', state: 'dropped', status: null, code: 0 })
  })

  it('status and html answer without applying, unless told', async () => {
    await emulator.control.addFaults(
      { kind: 'status', status: 503 },
      { kind: 'html' },
      { kind: 'html', status: 502, applies: true },
    )
    expect(await mute()).toMatchObject({ status: 503, json: undefined })
    expect(await mute()).toMatchObject({ status: 200, type: expect.stringContaining('text/html') })
    expect(await applied()).toBe(0)
    expect(await mute()).toMatchObject({ status: 502, text: expect.stringContaining('<h1>') })
    expect(await applied()).toBe(1)
  })

  it('code answers with that code in the dress of the call', async () => {
    await emulator.control.addFaults(
      { kind: 'code', code: 130014 },
      { kind: 'code', code: 70500, info: 'internal' },
    )
    expect((await mute()).json).toEqual({ ErrorCode: 130014, ErrorInfo: 'fault' })
    const check = await callProvider(emulator.url, 'account_check', { CheckItem: [{ UserID: 'lin88' }] })
    expect(check.json).toEqual({ ActionStatus: 'FAIL', ErrorCode: 70500, ErrorInfo: 'internal' })
    expect(await applied()).toBe(0)
  })

  it('wrong-types changes every type, or that of one field', async () => {
    await emulator.control.addFaults(
      { kind: 'wrong-types' },
      { kind: 'wrong-types', field: 'C2CmsgNospeakingTime' },
      { kind: 'wrong-types', field: 'Status' },
    )
    expect((await read()).json).toEqual({
      ErrorCode: '0',
      ErrorInfo: 0,
      C2CmsgNospeakingTime: '4294967295',
      GroupmsgNospeakingTime: '0',
    })
    expect((await read()).json).toMatchObject({ ErrorCode: 0, C2CmsgNospeakingTime: '4294967295' })
    const presence = await callProvider(emulator.url, 'query_online_status', { To_Account: ['lin88'] })
    expect(presence.json).toMatchObject({ ErrorCode: 0, QueryResult: [{ To_Account: 'lin88', Status: 0 }] })
  })

  it('truncated gives half of the answer, or cuts the connection in it', async () => {
    await emulator.control.addFaults({ kind: 'truncated' }, { kind: 'truncated', cutsConnection: true })
    const half = await mute()
    expect(half).toMatchObject({ status: 200, json: undefined })
    expect('{"ErrorCode":0,"ErrorInfo":""}'.startsWith(half.text)).toBe(true)
    await expect(mute()).rejects.toThrow('terminated')
    expect(await applied()).toBe(2)
  })

  it('empty gives no body, huge more than anybody should read', async () => {
    await emulator.control.addFaults({ kind: 'empty' }, { kind: 'huge', bytes: 3_000_000 })
    expect(await mute()).toMatchObject({ status: 200, text: '' })
    const huge = await mute()
    expect(huge.json).toMatchObject({ ErrorCode: 0 })
    expect(huge.text.length).toBeGreaterThan(3_000_000)
    expect(await applied()).toBe(2)
  })

  it('delay holds back the answer of a call that is applied already', async () => {
    await emulator.control.addFaults({ kind: 'delay', ms: 60_000 })
    const gone = new AbortController()
    const answer = fetchAbortable(gone.signal)
    await expect.poll(applied).toBe(1)
    gone.abort()
    await expect(answer).rejects.toThrow('aborted')
  })

  it('delay before applying takes effect although the caller has gone', async () => {
    await emulator.control.addFaults({ kind: 'delay', ms: 60_000, when: 'before-applying' })
    const gone = new AbortController()
    const answer = fetchAbortable(gone.signal)
    await expect.poll(async () => (await lastCall())?.state).toBe('pending')
    expect(await applied()).toBe(0)
    gone.abort()
    await expect(answer).rejects.toThrow('aborted')
    await emulator.control.releaseCalls()
    await expect.poll(applied).toBe(1)
  })

  it('a delayed call from before a reset changes nothing after it', async () => {
    await emulator.control.addFaults({ kind: 'delay', ms: 60_000, when: 'before-applying' })
    const late = mute()
    await expect.poll(async () => (await lastCall())?.state).toBe('pending')
    await emulator.control.reset()
    await emulator.control.seed({ accounts: [{ id: 'lin88' }] })
    await emulator.control.releaseCalls()
    await expect(late).rejects.toThrow('fetch failed')
    expect(await applied()).toBe(0)
  })

  it('strike by call, app and account, in the order of their coming, as often as told', async () => {
    await emulator.control.addFaults(
      { kind: 'code', code: 1, api: 'getnospeaking', account: 'alice', times: 2 },
      { kind: 'code', code: 2, appId: 1400000001, times: 'always' },
      { kind: 'code', code: 3 },
    )
    expect((await mute('alice')).json).toMatchObject({ ErrorCode: 3 })
    expect((await read('lin88')).json).toMatchObject({ ErrorCode: 0 })
    expect((await read('alice')).json).toMatchObject({ ErrorCode: 1 })
    expect((await read('alice')).json).toMatchObject({ ErrorCode: 1 })
    expect((await read('alice')).json).toMatchObject({ ErrorCode: 0 })
    const left = await emulator.control.faults()
    expect(left).toEqual([{ fault: expect.objectContaining({ code: 2 }), struck: 0, left: 'always' }])
    const other = { appId: 1400000001 }
    const body = { CheckItem: [{ UserID: 'alice' }] }
    expect((await callProvider(emulator.url, 'account_check', body, other)).json).toMatchObject({
      ErrorCode: 2,
    })
    await emulator.control.clearFaults()
    expect(await emulator.control.faults()).toEqual([])
  })

  it('strike a batch that names the account', async () => {
    await emulator.control.addFaults({ kind: 'code', code: 9, account: 'alice' })
    const body = { To_Account: ['lin88', 'alice'] }
    expect((await callProvider(emulator.url, 'query_online_status', body)).json).toMatchObject({
      ErrorCode: 9,
    })
  })

  it('strike only calls that name the group', async () => {
    const groups = ['one', 'other'].map((id) => ({ id, type: 'Public' as const, name: id }))
    await emulator.control.seed({ groups })
    await emulator.control.addFaults({ kind: 'code', code: 9, group: 'other' })
    const codeOf = async (api: 'modify_group_base_info' | 'get_group_info', body: object) =>
      (await callProvider(emulator.url, api, body)).json
    const off = (GroupId: string) => codeOf('modify_group_base_info', { GroupId, MuteAllMember: 'Off' })
    expect(await off('one')).toMatchObject({ ErrorCode: 0 })
    expect((await read()).json).toMatchObject({ ErrorCode: 0 })
    expect(await off('other')).toMatchObject({ ErrorCode: 9 })
    await emulator.control.addFaults({ kind: 'code', code: 9, group: 'other' })
    expect(await codeOf('get_group_info', { GroupIdList: ['one', 'other'] })).toMatchObject({ ErrorCode: 9 })
  })

  it('make the same storm from the same seed', async () => {
    const storm: FaultInput = { kind: 'code', code: 60008, probability: 0.4, seed: 7 }
    const first = await weather(storm)
    const again = await weather(storm)
    expect(again).toEqual(first)
    expect(new Set(first).size).toBe(2)
    expect(await weather({ ...storm, seed: 8 })).not.toEqual(first)
  })

  it('leave calls alone that the provider refuses', async () => {
    await emulator.control.addFaults({ kind: 'code', code: 9 })
    const refused = await callProvider(emulator.url, 'getnospeaking', {})
    expect(refused.json).toMatchObject({ ErrorCode: 130002 })
    expect((await emulator.control.faults()).at(0)?.struck).toBe(0)
  })
})

async function weather(storm: FaultInput): Promise<boolean[]> {
  await emulator.control.clearFaults()
  await emulator.control.addFaults(storm)
  const struck: boolean[] = []
  for (let sent = 0; sent < 24; sent += 1) {
    await read()
    struck.push((await lastCall())?.fault === 'code')
  }
  return struck
}

function fetchAbortable(signal: AbortSignal) {
  const body = { Set_Account: 'lin88', GroupmsgNospeakingTime: 60 }
  return callProvider(emulator.url, 'setnospeaking', body, { signal })
}
