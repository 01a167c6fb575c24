import { onTestFinished } from 'vitest'
import type { EmulatorControl } from '@/e2e/emulator/control'
import { startEmulator } from '@/e2e/emulator/start'
import { systemClock } from '@/lib/clock'
import type { TencentConnection } from '@/lib/env'
import type { ContractMessage, ContractStage, GroupContractStage } from '@/lib/provider/contract-stage'
import type { GroupType, Presence, Until } from '@/lib/provider/port'
import { createTencentProvider } from '@/lib/provider/tencent/provider'
import { faultOf } from './contract-faults'

/** The stage on which Tencent's adapter keeps the contract: the emulator, an app of its own and what drives them. */

export const appId = 1_400_000_777
export const adminIdentifier = 'admin & co #1'
export const secretKey = 'a-secret-that-only-this-test-knows'
const presences = {
  online: 'Online',
  background: 'PushOnline',
  offline: 'Offline',
} as const satisfies Record<Presence, string>
const typeNames = {
  work: 'Private',
  public: 'Public',
  meeting: 'ChatRoom',
  av_chatroom: 'AVChatRoom',
  community: 'Community',
} as const satisfies Partial<Record<GroupType, string>>
type SeededType = keyof typeof typeNames

export async function setUpTencent(): Promise<GroupContractStage> {
  const emulator = await startEmulator({ apps: [{ appId, secretKey, admins: [adminIdentifier] }] })
  onTestFinished(() => emulator.close())
  const { control } = emulator
  let aheadMs = 0
  const provide = (deadlineMs?: number) => {
    const provider = createTencentProvider({
      connection: connectionTo(emulator.url),
      throttle: { acquire: async () => {} },
      clock: { now: () => systemClock.now() + aheadMs },
      deadlineMs,
      random: () => 0,
    })
    onTestFinished(() => provider.close())
    return provider
  }
  const seed: ContractStage['seed'] = async (accounts) => {
    await control.seed({
      appId,
      accounts: accounts.map(({ userId, presence = 'offline', ...profile }) => ({
        id: userId,
        presence: presences[presence],
        ...profile,
      })),
    })
  }
  const mutesAtProvider: ContractStage['mutesAtProvider'] = async (userId) => {
    const { oneToOne, allGroups } = await control.mutes(userId, appId)
    return { one_to_one: oneToOne, all_groups: allGroups }
  }
  return {
    provider: provide(),
    impatient: provide(100),
    presences: ['online', 'background', 'offline'],
    seed,
    mutesAtProvider,
    probe: {
      prepare: () => seed([{ userId: 'a' }]),
      write: (provider) =>
        provider.setGlobalMutes('a', { one_to_one: 'forever' }, { priority: 'interactive' }),
      read: (provider) => provider.readGlobalMutes('a', { priority: 'interactive' }),
      isWritten: async () => (await mutesAtProvider('a')).one_to_one === 'forever',
    },
    async advanceClock(seconds) {
      aheadMs += seconds * 1000
      await control.advanceClock(seconds)
    },
    async fail(fault, times = 1) {
      await control.addFaults({ ...faultOf(fault, 60007), times })
    },
    countCalls: async () => (await control.calls()).length,
    deliveries: async () => (await control.deliveries()).map(({ from, to, text }) => ({ from, to, text })),
    noticeSender: adminIdentifier,
    violations: async () => (await control.violations()).list,
    secrets: [secretKey, 'usersig', new URL(emulator.url).host],
    refusalCode: 60010,
    ...groupsOf(control),
  }
}

type GroupParts = Omit<GroupContractStage, keyof ContractStage>

function groupsOf(control: EmulatorControl): GroupParts {
  return {
    groupTypes: Object.keys(typeNames) as SeededType[], // the keys of an object literal
    groupIdOf: (type, rest) => (type === 'community' ? `@TGS#_${rest}` : rest),
    topicIdOf: (groupId, rest) => `${groupId}@TOPIC#_${rest}`,
    async seedGroups(groups) {
      const ids = groups.flatMap(({ ownerId, members = [] }) => [
        ...(ownerId === undefined ? [] : [ownerId]),
        ...members.map(({ userId }) => userId),
      ])
      await control.seed({
        appId,
        accounts: [...new Set(ids)].map((id) => ({ id })),
        groups: groups.map(({ groupId, type, name = '', ownerId, members = [], topics, messages }) => ({
          id: groupId,
          type: typeNames[type as SeededType], // one of `groupTypes`
          name,
          owner: ownerId,
          members: members.map(({ userId, isAdmin, name: nameCard }) => ({
            id: userId,
            role: isAdmin ? ('Admin' as const) : undefined,
            nameCard,
          })),
          topics: topics?.map(({ topicId, name }) => ({ id: topicId, name })),
          messages: messages?.map(messageOf),
        })),
      })
    },
    async seedPeerMessages(messages) {
      const peerMessages = messages.map(({ receiverId, ...message }) => ({
        ...messageOf(message),
        to: receiverId,
      }))
      await control.seed({ appId, peerMessages })
    },
    async memberMutesAtProvider({ groupId, topicId }) {
      const group = await control.group(groupId, appId)
      const members =
        topicId === undefined ? group.members : group.topics.find(({ id }) => id === topicId)?.members
      return Object.fromEntries((members ?? []).map(({ id, until }): [string, Until | null] => [id, until]))
    },
    async everyoneAtProvider({ groupId, topicId }) {
      const group = await control.group(groupId, appId)
      const place = topicId === undefined ? group : group.topics.find(({ id }) => id === topicId)
      return place?.muteAll ? 'forever' : null
    },
  }
}

function messageOf({ senderId, text, secondsAgo }: ContractMessage) {
  return { from: senderId, text, secondsAgo }
}

export function connectionTo(endpoint: string): TencentConnection {
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
