import 'server-only'
import { systemClock } from '@/lib/clock'
import { inBatches } from '../batches'
import { globalScopes, type Provider } from '../port'
import { capabilities } from './capabilities'
import { baseOf, type ClientOptions, createTencentClient } from './client'
import { createGroupChanges } from './group-changes'
import { createGroupReads } from './groups'
import { toExistence, toGlobalMuteReading, toPresences, toProfiles, toSetNoSpeakingBody } from './mapper'
import { createMemberReads } from './members'
import { createMessageCalls } from './messages'
import {
  type AccountCheckBody,
  accountCheckSchema,
  commands,
  type GetNoSpeakingBody,
  getNoSpeakingSchema,
  type PortraitGetBody,
  portraitGetSchema,
  profileTags,
  type QueryOnlineStatusBody,
  queryOnlineStatusSchema,
  setNoSpeakingSchema,
} from './wire'

/** A connection to Tencent Chat. `close` ends its sockets; a process that goes on to its end need not call it. */
export function createTencentProvider(options: ClientOptions): Provider & { close(): Promise<void> } {
  const { clock = systemClock, connection } = options
  const client = createTencentClient(options)
  const tools = { client, clock, adminIdentifier: connection.adminIdentifier }
  return {
    name: 'tencent',
    capabilities,
    operatorUserId: null,
    origin: baseOf(connection).origin,
    pictureOrigin: connection.endpoint ? new URL(connection.endpoint).origin : null,

    pace: {
      accountMutes: { callsPerSecond: client.perSecond('setnospeaking') },
      memberMutes: {
        callsPerSecond: client.perSecond('forbid_send_msg'),
        idsPerCall: commands.forbid_send_msg.maxItems,
      },
    },
    takeMutePermit: (of, callOptions) =>
      client.takePermit(of === 'accounts' ? 'setnospeaking' : 'forbid_send_msg', callOptions),

    listMutedGroups: null,

    async checkAccess(callOptions) {
      // Only an administrator of the app may ask this.
      const body = (): AccountCheckBody => ({ CheckItem: [{ UserID: connection.adminIdentifier }] })
      await client.call({ command: 'account_check', body, schema: accountCheckSchema }, callOptions)
    },

    checkAccounts: (userIds, callOptions) =>
      inBatches(userIds, commands.account_check.maxItems, async (batch) => {
        const body = (): AccountCheckBody => ({ CheckItem: batch.map((UserID) => ({ UserID })) })
        const { answer } = await client.call(
          { command: 'account_check', body, schema: accountCheckSchema },
          callOptions,
        )
        return toExistence(answer)
      }),

    getProfiles: (userIds, callOptions) =>
      inBatches(userIds, commands.portrait_get.maxItems, async (batch) => {
        const body = (): PortraitGetBody => ({ To_Account: batch, TagList: Object.values(profileTags) })
        const { answer } = await client.call(
          { command: 'portrait_get', body, schema: portraitGetSchema },
          callOptions,
        )
        return toProfiles(answer)
      }),

    getPresence: (userIds, callOptions) =>
      inBatches(userIds, commands.query_online_status.maxItems, async (batch) => {
        const body = (): QueryOnlineStatusBody => ({ To_Account: batch, IsNeedDetail: 0 })
        const { answer } = await client.call(
          { command: 'query_online_status', body, schema: queryOnlineStatusSchema },
          callOptions,
        )
        return toPresences(answer)
      }),

    async readGlobalMutes(userId, callOptions) {
      const body = (): GetNoSpeakingBody => ({ Get_Account: userId })
      const answered = await client.call(
        { command: 'getnospeaking', body, schema: getNoSpeakingSchema },
        callOptions,
      )
      return toGlobalMuteReading(answered)
    },

    async setGlobalMutes(userId, change, callOptions) {
      if (globalScopes.every((scope) => change[scope] === undefined))
        throw new RangeError('no scope to change')
      const body = () => toSetNoSpeakingBody(userId, change, clock.now())
      await client.call({ command: 'setnospeaking', body, schema: setNoSpeakingSchema }, callOptions)
    },

    ...createGroupReads(tools),
    ...createMemberReads(tools),
    ...createGroupChanges(tools),
    ...createMessageCalls(tools, connection.noticeSender),

    close: () => client.close(),
  }
}
