import { expect, onTestFinished, test } from 'vitest'
import { startEmulator } from '@/e2e/emulator/start'
import { adminIdentifier, appId, connectionTo, secretKey, setUpTencent } from '@/lib/testing/tencent-stage'
import { describeProviderContract } from '../contract'
import { createTencentProvider } from './provider'
import { answer, stage } from './stage'

describeProviderContract('Tencent Chat', setUpTencent)

test('an answer of the right code with wrong seconds is no reading', async () => {
  const emulator = await startEmulator({ apps: [{ appId, secretKey, admins: [adminIdentifier] }] })
  onTestFinished(() => emulator.close())
  await emulator.control.seed({ appId, accounts: [{ id: 'a', oneToOne: 60 }] })
  await emulator.control.addFaults({ kind: 'wrong-types', field: 'C2CmsgNospeakingTime' })
  const provider = createTencentProvider({
    connection: connectionTo(emulator.url),
    throttle: { acquire: async () => {} },
  })
  onTestFinished(() => provider.close())
  const call = provider.readGlobalMutes('a', { priority: 'bulk' })
  await expect(call).rejects.toMatchObject({ kind: 'malformed', options: { effect: 'none' } })
})

test('a reading tells how long its call took, by which its ends may lie earlier', async () => {
  const emulator = await startEmulator({ apps: [{ appId, secretKey, admins: [adminIdentifier] }] })
  onTestFinished(() => emulator.close())
  await emulator.control.seed({ appId, accounts: [{ id: 'a', oneToOne: 60 }] })
  await emulator.control.setLatency(120)
  const provider = createTencentProvider({
    connection: connectionTo(emulator.url),
    throttle: { acquire: async () => {} },
  })
  onTestFinished(() => provider.close())
  const { tookMs } = await provider.readGlobalMutes('a', { priority: 'bulk' })
  // Timers may fire a little early.
  expect(tookMs).toBeGreaterThan(110)
})

test('a signature that the provider calls expired is renewed', async () => {
  const emulator = await startEmulator({ apps: [{ appId, secretKey, admins: [adminIdentifier] }] })
  onTestFinished(() => emulator.close())
  await emulator.control.seed({ appId, accounts: [{ id: 'a' }] })
  // The clock of this server was a month late when the first signature was made.
  let at = Date.now() - 30 * 86_400_000
  const provider = createTencentProvider({
    connection: connectionTo(emulator.url),
    throttle: {
      acquire: async ({ key }) => {
        if (key.endsWith(':setnospeaking') && (await emulator.control.calls()).length === 1) at = Date.now()
      },
    },
    clock: { now: () => at },
  })
  onTestFinished(() => provider.close())
  await provider.setGlobalMutes('a', { one_to_one: 'forever' }, { priority: 'interactive' })
  expect((await emulator.control.calls()).map(({ code }) => code)).toEqual([70001, 0])
})

test('a change that names no scope is a mistake of the caller and never sent', async () => {
  const provider = createTencentProvider({
    connection: connectionTo('http://127.0.0.1:1'),
    throttle: { acquire: () => Promise.reject(new Error('asked for a permit')) },
  })
  onTestFinished(() => provider.close())
  await expect(provider.setGlobalMutes('a', {}, { priority: 'bulk' })).rejects.toThrow(RangeError)
})

test('an answer about an account that was not asked is not believed', async () => {
  const items = ['a', 'stranger'].map((UserID) => ({ UserID, ResultCode: 0, AccountStatus: 'Imported' }))
  const { endpoint } = await stage(answer({ ErrorCode: 0, ResultItem: items }))
  const provider = createTencentProvider({
    connection: connectionTo(endpoint),
    throttle: { acquire: async () => {} },
  })
  onTestFinished(() => provider.close())
  expect([...(await provider.checkAccounts(['a', 'b'], { priority: 'bulk' }))]).toEqual([['a', true]])
})
