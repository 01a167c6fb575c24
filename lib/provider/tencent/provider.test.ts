import { expect, onTestFinished, test } from 'vitest'
import type { FaultInput } from '@/e2e/emulator/fault-schemas'
import { startEmulator } from '@/e2e/emulator/start'
import type { TencentConnection } from '@/lib/env'
import { describeProviderContract } from '../contract'
import type { ContractFault, ContractStage } from '../contract-stage'
import type { Presence } from '../port'
import { createTencentProvider } from './provider'
import { answer, stage } from './stage'

const appId = 1_400_000_777
const adminIdentifier = 'admin & co #1'
const secretKey = 'a-secret-that-only-this-test-knows'
const presences = {
  online: 'Online',
  background: 'PushOnline',
  offline: 'Offline',
} as const satisfies Record<Presence, string>

async function setUp(): Promise<ContractStage> {
  const emulator = await startEmulator({ apps: [{ appId, secretKey, admins: [adminIdentifier] }] })
  onTestFinished(() => emulator.close())
  const { control } = emulator
  const provide = (deadlineMs?: number) => {
    const provider = createTencentProvider({
      connection: connectionTo(emulator.url),
      throttle: { acquire: async () => {} },
      deadlineMs,
      random: () => 0,
    })
    onTestFinished(() => provider.close())
    return provider
  }
  return {
    provider: provide(),
    impatient: provide(100),
    async seed(accounts) {
      await control.seed({
        appId,
        accounts: accounts.map(({ userId, presence = 'offline', ...profile }) => ({
          id: userId,
          presence: presences[presence],
          ...profile,
        })),
      })
    },
    async mutesAtProvider(userId) {
      const { oneToOne, allGroups } = await control.mutes(userId, appId)
      return { one_to_one: oneToOne, all_groups: allGroups }
    },
    async advanceClock(seconds) {
      await control.advanceClock(seconds, 'mutes')
    },
    async fail(fault, times = 1) {
      await control.addFaults({ ...faultOf(fault), times })
    },
    countCalls: async () => (await control.calls()).length,
    violations: async () => (await control.violations()).list,
    secrets: [secretKey, 'usersig', new URL(emulator.url).host],
    refusalCode: 60010,
  }
}

function connectionTo(endpoint: string): TencentConnection {
  return {
    key: 'contract',
    name: 'Contract',
    provider: 'tencent',
    sdkAppId: appId,
    adminIdentifier,
    secretKey,
    region: 'tokyo',
    endpoint,
    limits: { callsPerSecond: {} },
  }
}

function faultOf(fault: ContractFault): FaultInput {
  if (typeof fault === 'object') return { kind: 'code', code: fault.code }
  switch (fault) {
    case 'html':
    case 'empty':
    case 'truncated':
    case 'huge':
      return { kind: fault }
    case 'wrong_types':
      return { kind: 'wrong-types' }
    case 'server_error':
      return { kind: 'status', status: 502 }
    case 'dropped_before_applying':
      return { kind: 'drop-before' }
    case 'dropped_after_applying':
      return { kind: 'drop-after' }
    case 'answer_after_deadline':
      return { kind: 'delay', ms: 60_000 }
    case 'over_limit':
      return { kind: 'code', code: 60007 }
    default:
      return fault satisfies never
  }
}

describeProviderContract('Tencent Chat', setUp)

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
