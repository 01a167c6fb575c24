import { systemClock } from '@/lib/clock'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { ApplyMuteInput, MuteScope, Reason } from '@/lib/mutes/schemas'
import { createTencentProvider } from '@/lib/provider/tencent/provider'
import { createZegoProvider } from '@/lib/provider/zego/provider'
import { createThrottle } from '@/lib/throttle'
import type { SeedGroup } from '../../e2e/emulator/group-schemas'
import { type Emulator, startEmulator } from '../../e2e/emulator/start'
import { DEFAULT_APPS } from '../../e2e/emulator/tencent/apps'
import { emulatedConnection, emulatedZegoConnection } from './emulated-connection'

/** A context over a database and an emulator of its own, with the connections `sg` (Tencent) and `zim` (ZEGO). */
export type MuteWorld = {
  context: Context
  emulator: Emulator
  /** Adds an account to the app and gives its id. */
  addAccount(mutes?: { oneToOne?: number | 'forever'; allGroups?: number | 'forever' }): Promise<string>
  /** Adds groups to the app, with the accounts in them; without a type they are Public. */
  addGroups(...groups: GroupSeed[]): Promise<void>
  /** Adds a group to the ZEGO app, with the accounts in it; the first one owns it. */
  addRoom(groupId: string, owner: string, ...members: string[]): Promise<void>
  close(): Promise<void>
}

type WorldOptions = Partial<Pick<(typeof DEFAULT_APPS)[number], 'groupsPerPage' | 'limits'>>
type GroupSeed = Omit<SeedGroup, 'type'> & { type?: SeedGroup['type'] }

/**
 * Starts an emulator and gives the context that the verbs take. Close it at the test's end. `groupsPerPage`: how many
 * groups its list gives at once; `limits`: calls a second that it takes, where not those of the documents.
 */
export async function startMuteWorld(db: Db, options: WorldOptions = {}): Promise<MuteWorld> {
  const emulator = await startEmulator({ apps: DEFAULT_APPS.map((app) => ({ ...app, ...options })) })
  const connection = emulatedConnection(emulator.url)
  const zimConnection = emulatedZegoConnection(emulator.url)
  const throttle = createThrottle(async () => db)
  // A loaded machine must not look like a provider that does not answer.
  const deadlineMs = 30_000
  const provider = createTencentProvider({ connection, throttle, deadlineMs })
  const zim = createZegoProvider({ connection: zimConnection, throttle, deadlineMs })
  await emulator.control.seed({ zego: { users: [{ id: zimConnection.operatorUserId }] } })
  let accounts = 0
  return {
    emulator,
    context: {
      db,
      clock: systemClock,
      connections: [connection, zimConnection].map(({ key, name, provider }) => ({ key, name, provider })),
      provider(key) {
        if (key === zimConnection.key) return zim
        if (key !== connection.key) throw new AppError('UNKNOWN_CONNECTION')
        return provider
      },
    },
    async addAccount(mutes = {}) {
      accounts += 1
      const id = `account-${accounts}`
      await emulator.control.seed({ accounts: [{ id, nickname: `Name ${accounts}`, ...mutes }] })
      return id
    },
    async addGroups(...groups) {
      const ids = groups.flatMap(({ owner, members = [] }) => [
        ...(owner === undefined ? [] : [owner]),
        ...members.map(({ id }) => id),
      ])
      await emulator.control.seed({
        accounts: [...new Set(ids)].map((id) => ({ id, nickname: `Name of ${id}` })),
        groups: groups.map((group) => ({ type: 'Public', ...group })),
      })
    },
    async addRoom(groupId, owner, ...members) {
      const ids = [owner, ...members]
      await emulator.control.seed({
        zego: {
          users: ids.map((id) => ({ id, name: `Name of ${id}` })),
          groups: [{ id: groupId, members: ids.map((id) => ({ id, role: id === owner ? 1 : 3 })) }],
        },
      })
    },
    async close() {
      await provider.close()
      await zim.close()
      await emulator.close()
    },
  }
}

export const reason: Reason = { category: 'spam', text: 'Three links in a minute' }

/** A valid wish to mute a member of a ZEGO group for an hour unless told otherwise. */
export function roomWish(
  groupId: string,
  userId: string,
  wish: Partial<ApplyMuteInput> = {},
): ApplyMuteInput {
  return muteWish(userId, { connection: 'zim', groupId, scopes: ['group'], ...wish })
}

/** A valid wish to mute, both scopes for an hour unless told otherwise. */
export function muteWish(userId: string, wish: Partial<ApplyMuteInput> = {}): ApplyMuteInput {
  return {
    idempotencyKey: crypto.randomUUID(),
    connection: 'sg',
    userId,
    scopes: ['one_to_one', 'all_groups'] satisfies MuteScope[],
    end: { kind: 'duration', seconds: 3_600 },
    basis: {},
    reason,
    ...wish,
  }
}
