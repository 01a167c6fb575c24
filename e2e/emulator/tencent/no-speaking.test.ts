import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({ accounts: [{ id: 'lin88' }] })
})

const set = async (body: object) => (await callProvider(emulator.url, 'setnospeaking', body)).json
const get = async (body: object) => (await callProvider(emulator.url, 'getnospeaking', body)).json

/** The seconds left, of which one may have passed since they were set. */
async function secondsLeft(): Promise<{ oneToOne: unknown; allGroups: unknown }> {
  const answer = await get({ Get_Account: 'lin88' })
  expect(answer).toMatchObject({ ErrorCode: 0, ErrorInfo: '' })
  expect(answer).not.toHaveProperty('ActionStatus')
  const fields = new Map(Object.entries(answer ?? {}))
  return { oneToOne: fields.get('C2CmsgNospeakingTime'), allGroups: fields.get('GroupmsgNospeakingTime') }
}

const about = (seconds: number) => expect.toSatisfy((value) => value === seconds || value === seconds - 1)

describe('setnospeaking and getnospeaking', () => {
  it('answer without ActionStatus', async () => {
    expect(await set({ Set_Account: 'lin88', C2CmsgNospeakingTime: 60 })).toEqual({
      ErrorCode: 0,
      ErrorInfo: '',
    })
    expect(await set({})).toEqual({ ErrorCode: 130004, ErrorInfo: 'Set_Account is missing' })
  })

  it('give back the seconds that are left, which fall to 0 by the clock of the mutes', async () => {
    await set({ Set_Account: 'lin88', C2CmsgNospeakingTime: 7200, GroupmsgNospeakingTime: 60 })
    expect(await secondsLeft()).toEqual({ oneToOne: about(7200), allGroups: about(60) })
    await emulator.control.advanceClock(30)
    expect(await secondsLeft()).toEqual({ oneToOne: about(7170), allGroups: about(30) })
    await emulator.control.advanceClock(31)
    expect(await secondsLeft()).toEqual({ oneToOne: about(7139), allGroups: 0 })
  })

  it('leave alone what is absent, and lift with 0', async () => {
    await set({ Set_Account: 'lin88', C2CmsgNospeakingTime: 7200, GroupmsgNospeakingTime: 4294967295 })
    await set({ Set_Account: 'lin88', C2CmsgNospeakingTime: 0 })
    expect(await secondsLeft()).toEqual({ oneToOne: 0, allGroups: 4294967295 })
    await set({ Set_Account: 'lin88', GroupmsgNospeakingTime: 0 })
    expect(await secondsLeft()).toEqual({ oneToOne: 0, allGroups: 0 })
  })

  it('know for ever from the longest time', async () => {
    await set({ Set_Account: 'lin88', C2CmsgNospeakingTime: 4294967295, GroupmsgNospeakingTime: 4294967294 })
    await emulator.control.advanceClock(100)
    expect(await secondsLeft()).toEqual({ oneToOne: 4294967295, allGroups: about(4294967194) })
  })

  it.each([
    [{ C2CmsgNospeakingTime: 1 }, 130004],
    [{ Set_Account: 88, C2CmsgNospeakingTime: 1 }, 130005],
    [{ Set_Account: '', C2CmsgNospeakingTime: 1 }, 130005],
    [{ Set_Account: 'x'.repeat(33), C2CmsgNospeakingTime: 1 }, 130005],
    [{ Set_Account: '林', C2CmsgNospeakingTime: 1 }, 130005],
    [{ Set_Account: 'a\u0000', C2CmsgNospeakingTime: 1 }, 130005],
    [{ Set_Account: 'lin88' }, 130008],
    [{ Set_Account: 'lin88', c2cMsgNospeakingTime: 1 }, 130008],
    [{ Set_Account: 'lin88', C2CmsgNospeakingTime: '60' }, 130006],
    [{ Set_Account: 'lin88', C2CmsgNospeakingTime: -1 }, 130006],
    [{ Set_Account: 'lin88', C2CmsgNospeakingTime: 1.5 }, 130006],
    [{ Set_Account: 'lin88', C2CmsgNospeakingTime: 4294967296 }, 130006],
    [{ Set_Account: 'lin88', C2CmsgNospeakingTime: null }, 130006],
    [{ Set_Account: 'lin88', C2CmsgNospeakingTime: 1, GroupmsgNospeakingTime: true }, 130007],
  ])('setnospeaking refuses %j with %i and changes nothing', async (body, code) => {
    expect(await set(body)).toMatchObject({ ErrorCode: code })
    expect((await emulator.control.violations()).total).toBeGreaterThan(0)
    expect(await emulator.control.journal()).toEqual([])
    expect(await secondsLeft()).toEqual({ oneToOne: 0, allGroups: 0 })
  })

  it.each([
    [{}, 130002],
    [{ Get_Account: ['lin88'] }, 130003],
    [{ Get_Account: 'x'.repeat(33) }, 130003],
  ])('getnospeaking refuses %j with %i', async (body, code) => {
    expect(await get(body)).toMatchObject({ ErrorCode: code })
    expect((await emulator.control.violations()).total).toBe(1)
  })

  it('answer 70107 for an account that does not exist, which breaks no rule', async () => {
    expect(await set({ Set_Account: 'nobody', C2CmsgNospeakingTime: 60 })).toMatchObject({ ErrorCode: 70107 })
    expect(await get({ Get_Account: 'nobody' })).toMatchObject({ ErrorCode: 70107 })
    expect((await emulator.control.violations()).total).toBe(0)
    expect(await emulator.control.journal()).toEqual([])
  })

  it('take ids of 32 bytes with any printable character', async () => {
    const id = ' #%&+/?@:;=,"\'\\{}[]~`|<>^$!*()_-'
    await emulator.control.seed({ accounts: [{ id }] })
    expect(await set({ Set_Account: id, C2CmsgNospeakingTime: 60 })).toMatchObject({ ErrorCode: 0 })
    expect((await emulator.control.mutes(id)).oneToOne).toEqual(expect.any(Number))
  })

  it('answer, but count, fields that the documents do not name', async () => {
    const answer = await set({ Set_Account: 'lin88', C2CmsgNospeakingTime: 60, Reason: 'spam' })
    expect(answer).toMatchObject({ ErrorCode: 0 })
    expect((await emulator.control.violations()).counts).toEqual({ 'unknown-field': 1 })
  })

  it('write every applied effect into the journal, with what it replaced', async () => {
    await set({ Set_Account: 'lin88', C2CmsgNospeakingTime: 60 })
    await emulator.control.advanceClock(10)
    const body = { Set_Account: 'lin88', C2CmsgNospeakingTime: 0, GroupmsgNospeakingTime: 4294967295 }
    await callProvider(emulator.url, 'setnospeaking', body, { query: { random: '42' } })
    const [first, second] = await emulator.control.journal()
    const until = first?.changes.oneToOne?.after
    expect(first).toMatchObject({
      seq: 1,
      source: 'api',
      appId: 1400000000,
      account: 'lin88',
      random: 4294967295,
    })
    expect(until).toBe(Math.floor((first?.emulatorAt ?? 0) / 1000) * 1000 + 60_000)
    expect(first?.changes.allGroups).toBeUndefined()
    expect(second).toMatchObject({
      seq: 2,
      random: 42,
      changes: { oneToOne: { before: until, after: null }, allGroups: { before: null, after: 'forever' } },
    })
    expect((second?.emulatorAt ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(9_900)
  })
})
