import { Refusal } from '../refusal'
import { peersKey, type ZegoApp, type ZegoMessage } from './apps'
import { prepareBatch } from './batch'
import type { ZegoEndpoint } from './endpoint'
import { requireOperator, requireUserIds } from './params'
import { BATCH_TOO_LARGE, NOBODY_WRITTEN_TO, UNKNOWN_USER } from './unconfirmed'

const MAX_USERS = 100
const MAX_MESSAGE_BYTES = 2_048
const MAX_EXTENDED_BYTES = 1_024
const TEXT = 1

/** SendPeerMessage: one message to each of up to 100 users, in the name of `FromUserId`. Sent again it is another one. */
export const sendPeerMessage: ZegoEndpoint = {
  action: 'SendPeerMessage',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['FromUserId', 'MessageType', 'SubMsgType', 'Priority', 'MessageBody', 'SenderUnaware'],
  arrays: ['ToUserId'],

  prepare(call) {
    const from = requireOperator(call)
    const { fields } = call
    const ids = requireUserIds(call, fields.texts('ToUserId'), {
      most: MAX_USERS,
      tooMany: BATCH_TOO_LARGE,
      bytes: 32,
      space: 'with-space',
    })
    if (ids.includes(from)) throw fields.refuse('the sender is among the receivers')
    const type = fields.integer('MessageType', 1, 200)
    if (type === undefined) throw fields.refuse('MessageType is missing')
    if (fields.integer('Priority', 1, 3) === undefined) throw fields.refuse('Priority is missing')
    const body = fields.object('MessageBody', ['Message', 'ExtendedData'])
    const text = body?.text('Message')
    if (!text) throw fields.refuse('Message is missing')
    const isTooLong =
      Buffer.byteLength(text) > MAX_MESSAGE_BYTES ||
      Buffer.byteLength(body?.text('ExtendedData') ?? '') > MAX_EXTENDED_BYTES
    if (isTooLong) throw new Refusal(660400001, 'bad-body', 'the message is too long')

    return prepareBatch(ids, { field: 'ErrorList', allFailedCode: NOBODY_WRITTEN_TO }, () => ({
      codeOf: (id) => (call.app.users.has(id) ? null : UNKNOWN_USER),
      subMessageOf: () => 'user does not exist',
      finish: (good) => ({
        SuccList: good.map((to) => {
          const message = put(call.app, { from, to, type, text, at: call.now() })
          if (type === TEXT) call.deliver({ from, to, text })
          return { UserId: to, MsgId: String(message.id), MsgSeq: message.seq }
        }),
      }),
    }))
  },
}

type Sent = { from: string; to: string; type: number; text: string; at: number }

function put(app: ZegoApp, { from, to, type, text, at }: Sent): ZegoMessage {
  const key = peersKey(from, to)
  const messages = app.peerMessages.get(key) ?? []
  app.lastMessageId += 2n
  const message: ZegoMessage = {
    id: app.lastMessageId,
    seq: messages.length + 1,
    from,
    type,
    body: text,
    payload: '',
    at,
    isEmpty: null,
  }
  app.peerMessages.set(key, [...messages, message])
  return message
}
