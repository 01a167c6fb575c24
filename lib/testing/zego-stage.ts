import { onTestFinished } from 'vitest'
import type { EmulatorControl } from '@/e2e/emulator/control'
import { startEmulator } from '@/e2e/emulator/start'
import { systemClock } from '@/lib/clock'
import type { ZegoConnection } from '@/lib/env'
import type { ContractMessage, ContractStage, GroupContractStage } from '@/lib/provider/contract-stage'
import { groupRoles, type Presence } from '@/lib/provider/port'
import { createZegoProvider } from '@/lib/provider/zego/provider'
import { faultOf } from './contract-faults'

/** The stage on which ZEGO's adapter keeps the contract: the emulator, an app of its own and what drives them. */

export const appId = 4_000_000_777
export const operatorUserId = 'operator&co#1+x=y'
export const serverSecret = '00000000000000000000000000000777'
/** The group of the calls by which failures are tried. */
const probeGroup = '#probe&co'
const sessions = { online: 'Online', offline: 'Offline' } as const satisfies Partial<Record<Presence, string>>

/** An emulator with one ZEGO app, in which the operator is registered unless told otherwise. */
export async function startZegoEmulator(isRegistered = true) {
  const emulator = await startEmulator()
  onTestFinished(() => emulator.close())
  // The contract asks for many groups at once, without pacing.
  const limits = { QueryGroupInfo: 1_000, QueryAppGroupList: 1_000 }
  await emulator.control.seed({
    zego: {
      appId,
      apps: [{ appId, serverSecret, limits }],
      users: isRegistered ? [{ id: operatorUserId }] : [],
    },
  })
  return emulator
}

export async function setUpZego(): Promise<GroupContractStage> {
  const { control, url } = await startZegoEmulator()
  let aheadMs = 0
  const provide = (deadlineMs?: number) => {
    const provider = createZegoProvider({
      connection: connectionTo(url),
      throttle: { acquire: async () => {} },
      clock: { now: () => systemClock.now() + aheadMs },
      deadlineMs,
      random: () => 0,
    })
    onTestFinished(() => provider.close())
    return provider
  }
  return {
    provider: provide(),
    impatient: provide(100),
    presences: ['online', 'offline'],
    async seed(accounts) {
      const users = accounts.map(({ userId, nickname, avatarUrl, presence = 'offline' }) => ({
        id: userId,
        name: nickname,
        avatarUrl,
        session: presence === 'online' ? sessions.online : sessions.offline,
      }))
      await control.seed({ zego: { appId, users } })
    },
    mutesAtProvider: async () => ({ one_to_one: null, all_groups: null }),
    probe: {
      prepare: () => control.seed({ zego: { appId, groups: [{ id: probeGroup }] } }).then(() => undefined),
      write: (provider) =>
        provider.setEveryoneMute({ groupId: probeGroup }, 'forever', { priority: 'interactive' }),
      read: (provider) => provider.getGroups([probeGroup], { priority: 'interactive' }),
      isWritten: async () => (await control.zegoGroup(probeGroup, appId)).everyone === 'forever',
    },
    async advanceClock(seconds) {
      aheadMs += seconds * 1000
      await control.advanceClock(seconds)
    },
    async fail(fault, times = 1) {
      await control.addFaults({ ...faultOf(fault, 660300005), times })
    },
    countCalls: async () => (await control.calls()).length,
    deliveries: async () => (await control.deliveries()).map(({ from, to, text }) => ({ from, to, text })),
    noticeSender: operatorUserId,
    violations: async () => (await control.violations()).list,
    secrets: [serverSecret, 'Signature', new URL(url).host],
    refusalCode: 660600032,
    ...groupsOf(control),
  }
}

type GroupParts = Omit<GroupContractStage, keyof ContractStage>

function groupsOf(control: EmulatorControl): GroupParts {
  return {
    groupTypes: ['zim'],
    groupIdOf: (_, rest) => `#${rest}`,
    topicIdOf: (groupId, rest) => `${groupId}:${rest}`,
    async seedGroups(groups) {
      await control.seed({
        zego: {
          appId,
          groups: groups.map(({ groupId, name, ownerId, members = [], messages }) => ({
            id: groupId,
            name,
            members: [
              ...(ownerId === undefined ? [] : [{ id: ownerId, role: groupRoles.owner }]),
              ...members.map(({ userId, isAdmin, name: nickname }) => ({
                id: userId,
                role: isAdmin ? groupRoles.admin : groupRoles.member,
                nickname,
              })),
            ],
            messages: messages?.map(messageOf),
          })),
        },
      })
    },
    async seedPeerMessages(messages) {
      const peerMessages = messages.map(({ receiverId, ...message }) => ({
        ...messageOf(message),
        to: receiverId,
      }))
      await control.seed({ zego: { appId, peerMessages } })
    },
    async memberMutesAtProvider({ groupId }) {
      const { members } = await control.zegoGroup(groupId, appId)
      return Object.fromEntries(members.map(({ id, until }) => [id, until]))
    },
    everyoneAtProvider: async ({ groupId }) => (await control.zegoGroup(groupId, appId)).everyone,
  }
}

function messageOf({ senderId, text, secondsAgo }: ContractMessage) {
  return { from: senderId, text, secondsAgo }
}

export function connectionTo(endpoint: string): ZegoConnection {
  return {
    key: 'contract',
    name: 'Contract',
    provider: 'zego',
    appId,
    operatorUserId,
    serverSecret,
    region: 'singapore',
    endpoint,
    limits: { callsPerSecond: {} },
  }
}
