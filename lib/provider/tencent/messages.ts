import 'server-only'
import { randomInt } from 'node:crypto'
import { readOldest, readPlace } from '../cursors'
import { requireMessageText } from '../message-text'
import type { GroupProvider, Provider } from '../port'
import type { GroupTools } from './group-calls'
import { toPlace } from './mapper-groups'
import { toGroupMessages, toPeerMessages, toSendMsgBody } from './mapper-messages'
import { commands, maxMessageBytes } from './wire'
import { doneSchema } from './wire-groups'
import {
  type AdminGetRoamMsgBody,
  adminGetRoamMsgSchema,
  type GroupMsgGetSimpleBody,
  groupMsgGetSimpleSchema,
} from './wire-messages'

/** How far the provider's clock may be ahead of this server's without hiding the newest messages. */
const clockSlackSeconds = 3_600

type MessageCalls = Pick<GroupProvider, 'listGroupMessages' | 'listPeerMessages'> &
  Pick<Provider, 'sendMessage'>

/** The reads of old messages, and the one that writes. `sender`: whose name it is in, unless the administrator's. */
export function createMessageCalls({ client, clock }: GroupTools, sender: string | undefined): MessageCalls {
  return {
    async listGroupMessages(place, cursor, options) {
      const from = cursor === null ? {} : { ReqMsgSeq: readPlace(cursor) }
      const body = (): GroupMsgGetSimpleBody => ({
        ...toPlace(place),
        ReqMsgNumber: commands.group_msg_get_simple.maxItems,
        WithRecalledMsg: 1,
        ...from,
      })
      const { answer } = await client.call(
        { command: 'group_msg_get_simple', body, schema: groupMsgGetSimpleSchema },
        options,
      )
      return toGroupMessages(answer)
    },

    async listPeerMessages({ userId, peerId }, cursor, options) {
      const oldest = cursor === null ? null : readOldest(cursor)
      const body = (): AdminGetRoamMsgBody => ({
        Operator_Account: userId,
        Peer_Account: peerId,
        MaxCnt: commands.admin_getroammsg.maxItems,
        MinTime: 0,
        MaxTime: oldest?.sentAtSeconds ?? Math.ceil(clock.now() / 1000) + clockSlackSeconds,
        ...(oldest && { LastMsgKey: oldest.key }),
      })
      const { answer } = await client.call(
        { command: 'admin_getroammsg', body, schema: adminGetRoamMsgSchema },
        options,
      )
      return toPeerMessages(answer)
    },

    async sendMessage(toUserId, text, options) {
      requireMessageText(text, maxMessageBytes)
      // One number for all attempts: each but the last surely had no effect.
      const body = toSendMsgBody(toUserId, text, { random: randomInt(2 ** 32), sender })
      await client.call({ command: 'sendmsg', body: () => body, schema: doneSchema }, options)
    },
  }
}
