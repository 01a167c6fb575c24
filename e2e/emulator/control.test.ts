import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from './start'
import { callProvider } from './testing/call-provider'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(() => emulator.control.reset('empty'))

describe('the control API', () => {
  it('seeds accounts with mutes in seconds from now, in any app', async () => {
    await emulator.control.seed({
      apps: [{ appId: 7, secretKey: 'key', admins: ['root'] }],
      appId: 7,
      accounts: [{ id: 'lin88', nickname: '林', presence: 'Online', oneToOne: 60, allGroups: 'forever' }],
    })
    const { mutesNow } = await emulator.control.clock()
    const { oneToOne, allGroups } = await emulator.control.mutes('lin88', 7)
    expect(Math.abs(Number(oneToOne) - mutesNow - 60_000)).toBeLessThan(2_000)
    expect(allGroups).toBe('forever')
    const changes = { appId: 7, secretKey: 'key', identifier: 'root' }
    const read = await callProvider(emulator.url, 'getnospeaking', { Get_Account: 'lin88' }, changes)
    expect(read.json).toMatchObject({ ErrorCode: 0, GroupmsgNospeakingTime: 4294967295 })
  })

  it('seeds again in place of what was there', async () => {
    await emulator.control.seed({ accounts: [{ id: 'lin88', oneToOne: 60 }] })
    await emulator.control.seed({ accounts: [{ id: 'lin88' }] })
    expect((await emulator.control.mutes('lin88')).oneToOne).toBeNull()
  })

  it('changes mutes as another console would, one scope at a time', async () => {
    await emulator.control.seed({ accounts: [{ id: 'lin88', oneToOne: 60, allGroups: 'forever' }] })
    const before = await emulator.control.mutes('lin88')
    const after = await emulator.control.putMutes({ account: 'lin88', allGroups: null })
    expect(after).toEqual({ ...before, allGroups: null })
    expect(await emulator.control.journal()).toMatchObject([
      { source: 'elsewhere', random: null, changes: { allGroups: { before: 'forever', after: null } } },
    ])
    expect(await emulator.control.calls()).toEqual([])
  })

  it('shows a mute as over once the clock has passed its end', async () => {
    await emulator.control.seed({ accounts: [{ id: 'lin88', oneToOne: 60 }] })
    await emulator.control.advanceClock(61, 'signatures')
    expect((await emulator.control.mutes('lin88')).oneToOne).not.toBeNull()
    await emulator.control.advanceClock(61, 'mutes')
    expect((await emulator.control.mutes('lin88')).oneToOne).toBeNull()
  })

  it('gives only the later entries when told from where', async () => {
    await emulator.control.seed({ accounts: [{ id: 'lin88' }] })
    await emulator.control.putMutes({ account: 'lin88', oneToOne: 60 })
    await emulator.control.putMutes({ account: 'lin88', oneToOne: null })
    expect(await emulator.control.journal(1)).toMatchObject([{ seq: 2 }])
    await callProvider(emulator.url, 'getnospeaking', { Get_Account: 'lin88' })
    expect(await emulator.control.calls(1)).toEqual([])
  })

  it('forgets everything with a reset', async () => {
    await emulator.control.seed({ accounts: [{ id: 'lin88' }] })
    await emulator.control.advanceClock(3600)
    await emulator.control.addFaults({ kind: 'empty', api: 'account_check' })
    await emulator.control.putMutes({ account: 'lin88', oneToOne: 60 })
    await callProvider(emulator.url, 'getnospeaking', {})
    await emulator.control.reset()
    const clock = await emulator.control.clock()
    expect(clock.mutesNow - clock.realNow).toBeLessThan(1_000)
    expect(await emulator.control.journal()).toEqual([])
    expect(await emulator.control.calls()).toEqual([])
    expect(await emulator.control.faults()).toEqual([])
    expect((await emulator.control.violations()).total).toBe(0)
    expect((await emulator.control.stats()).apis).toEqual([])
    await expect(emulator.control.mutes('lin88')).rejects.toThrow('has no account "lin88"')
  })

  it('resets to the lifelike data set, whose two apps share an id', async () => {
    await emulator.control.reset('lifelike')
    expect((await emulator.control.mutes('lin88')).oneToOne).toBeNull()
    expect((await emulator.control.mutes('lin88', 1400000001)).oneToOne).toBe('forever')
  })

  it('makes provider calls as slow as told', async () => {
    await emulator.control.setLatency(80)
    const from = performance.now()
    await callProvider(emulator.url, 'getnospeaking', {})
    expect(performance.now() - from).toBeGreaterThanOrEqual(79)
  })

  it.each([
    ['POST', 'seed', '{"accounts":[{"id":"林"}]}', 'printable ASCII'],
    ['POST', 'seed', '{"accounts":[{"id":"a","oneToOne":0}]}', 'oneToOne'],
    ['POST', 'seed', '{"appId":5,"accounts":[{"id":"a"}]}', 'there is no app 5'],
    ['POST', 'seed', '{"account":[]}', 'account'],
    ['POST', 'clock/advance', '{"seconds":-1}', 'seconds'],
    ['POST', 'faults', '{"faults":[{"kind":"flood"}]}', 'kind'],
    ['POST', 'faults', '{"faults":[{"kind":"delay"}]}', 'ms'],
    ['POST', 'latency', '{"ms":"5"}', 'ms'],
    ['POST', 'latency', 'ms=5', 'not JSON'],
    ['PUT', 'mutes', '{"account":"nobody"}', 'oneToOne or allGroups'],
    ['PUT', 'mutes', '{"account":"nobody","oneToOne":60}', 'no account'],
  ])('%s %s refuses %s with its reason', async (method, path, body, reason) => {
    const response = await fetch(`${emulator.controlUrl}/${path}`, { method, body })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining(reason) })
  })

  it('answers 404 for a call that does not exist', async () => {
    const response = await fetch(`${emulator.controlUrl}/toString`)
    expect(response.status).toBe(404)
  })

  it('answers 404 for a picture that there is not, which is no violation of the API', async () => {
    const response = await fetch(`${emulator.url}/pictures/none`)
    expect(response.status).toBe(404)
    expect((await emulator.control.violations()).total).toBe(0)
  })
})
