import 'server-only'
import { systemClock } from '@/lib/clock'
import { type BatchLimit, inBatches } from '../batches'
import { readNext } from '../cursors'
import { ProviderError } from '../errors'
import { exactInteger } from '../json'
import { requireMessageText } from '../message-text'
import type { CallOptions, GroupProvider, MutedGroup, Page, Provider } from '../port'
import { capabilities } from './capabilities'
import { baseOf, type ClientOptions, createZegoClient } from './client'
import { lookUpCode } from './codes'
import { createZegoGroups } from './groups'
import { toExistence, toPresences, toProfiles } from './mapper'
import { toMutedGroupPage } from './mapper-pages'
import { judge } from './outcome'
import { bytesOfItem } from './query'
import {
  actions,
  envelopeSchema,
  type Failure,
  fetchForbidGroupListSchema,
  maxListBytes,
  maxMessageBytes,
  queryUserInfosSchema,
  queryUserOnlineStateSchema,
  textMessage,
  userIdPattern,
} from './wire'

/** "The user exists already." */
const existsCode = 660700002

const presenceLimit: BatchLimit = {
  ids: actions.QueryUserOnlineState.maxItems,
  bytes: maxListBytes,
  bytesOf: (userId) => bytesOfItem('UserId', userId),
}

export type ZegoProvider = Provider &
  GroupProvider & {
    /** Makes sure that the operator of the connection is an account of the app, as every call about groups needs. */
    registerOperator(options: CallOptions): Promise<void>
    /** The groups in which anything is muted: the only word of the provider about mutes of members. */
    listMutedGroups(cursor: string | null, options: CallOptions): Promise<Page<MutedGroup>>
    /** Ends the connection's sockets; a process that goes on to its end need not call it. */
    close(): Promise<void>
  }

/** A connection to ZEGO ZIM. */
export function createZegoProvider(options: ClientOptions): ZegoProvider {
  const { clock = systemClock, connection } = options
  const client = createZegoClient(options)
  const { operatorUserId } = connection
  return {
    ...createZegoGroups(client, operatorUserId, clock),
    name: 'zego',
    capabilities,
    operatorUserId,
    origin: baseOf(connection).origin,
    pictureOrigin: connection.endpoint ? new URL(connection.endpoint).origin : null,

    pace: {
      accountMutes: null,
      memberMutes: {
        callsPerSecond: client.perSecond('MuteGroupMembers'),
        idsPerCall: actions.MuteGroupMembers.maxItems,
      },
    },
    takeMutePermit: (_, callOptions) => client.takePermit('MuteGroupMembers', callOptions),

    async checkAccounts(userIds, callOptions) {
      const answers = await inBatches(possible(userIds), actions.QueryUserInfos.maxItems, async (UserIds) => {
        const { answer } = await client.call(
          { action: 'QueryUserInfos', input: () => ({ UserIds }), schema: queryUserInfosSchema },
          callOptions,
        )
        return toExistence(answer)
      })
      for (const userId of userIds) if (!userIdPattern.test(userId)) answers.set(userId, false)
      return answers
    },

    getProfiles: (userIds, callOptions) =>
      inBatches(possible(userIds), actions.QueryUserInfos.maxItems, async (UserIds) => {
        const { answer } = await client.call(
          { action: 'QueryUserInfos', input: () => ({ UserIds }), schema: queryUserInfosSchema },
          callOptions,
        )
        return toProfiles(answer)
      }),

    getPresence: (userIds, callOptions) =>
      inBatches(possible(userIds), presenceLimit, async (UserId) => {
        const { answer } = await client.call(
          { action: 'QueryUserOnlineState', input: () => ({ UserId }), schema: queryUserOnlineStateSchema },
          callOptions,
        )
        return toPresences(answer)
      }),

    readGlobalMutes: async () => ({ until: {}, readAt: clock.now(), tookMs: 0 }),

    setGlobalMutes: () => Promise.reject(new RangeError('there are no mutes that hold in the whole app')),

    async checkAccess(callOptions) {
      await this.registerOperator(callOptions)
      await this.listMutedGroups(null, callOptions)
    },

    async registerOperator(callOptions) {
      const input = () => ({ UserInfo: [{ UserId: operatorUserId }] })
      const { answer } = await client
        .call({ action: 'UserRegister', input, schema: envelopeSchema }, callOptions)
        .catch((error: unknown) => {
          const exists = error instanceof ProviderError && error.options.providerCode === existsCode
          if (exists) return { answer: { failures: [] } }
          throw error
        })
      const failure = answer.failures.find(({ SubCode }) => SubCode !== existsCode)
      if (failure) throw refusal(failure)
    },

    async sendMessage(toUserId, text, callOptions) {
      requireMessageText(text, maxMessageBytes)
      const input = () => ({
        FromUserId: operatorUserId,
        ToUserId: [toUserId],
        MessageType: textMessage.type,
        Priority: textMessage.priority,
        MessageBody: { Message: text },
      })
      const { answer } = await client.call(
        { action: 'SendPeerMessage', input, schema: envelopeSchema },
        callOptions,
      )
      const [failure] = answer.failures
      if (failure) throw refusal(failure)
    },

    async listMutedGroups(cursor, callOptions) {
      const input = () => ({ FromUserId: operatorUserId, StartFlag: exactInteger(readNext(cursor)) })
      const { answer } = await client.call(
        { action: 'FetchForbidGroupList', input, schema: fetchForbidGroupListSchema },
        callOptions,
      )
      return toMutedGroupPage(answer)
    },

    close: () => client.close(),
  }
}

/** Those that can be ids at all: for one that cannot, the provider would refuse to answer about the others too. */
function possible(userIds: readonly string[]): string[] {
  return userIds.filter((userId) => userIdPattern.test(userId))
}

/** That of the one account that a call was about. */
function refusal({ SubCode }: Failure) {
  const { mayHaveApplied } = lookUpCode(SubCode)
  return judge.failure('refused', mayHaveApplied ? 'unknown' : 'none', { providerCode: SubCode })
}
