import type { MessageElement } from '../group-schemas'
import { Refusal } from '../refusal'
import { MAX_UINT32 } from '../schemas'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, isAccountId } from './fields'
import type { Fields } from './filters'
import type { Message } from './groups'

/** Of a text (80002) and of the whole message (93000). */
const MAX_TEXT_BYTES = 8 * 1024
const MAX_MESSAGE_BYTES = 12 * 1024

/**
 * v4/openim/sendmsg: a one-to-one message from an administrator, or in the name of `From_Account`. Sent again it is
 * another message.
 */
export const sendMsg: Endpoint = {
  api: 'sendmsg',
  path: '/v4/openim/sendmsg',
  limitPerSecond: 200,
  dress: 'action',
  badJsonCode: 90001,
  notAdminCode: 90009,

  prepare(call) {
    const { body } = call
    countUnknownFields(call, body, [
      'SyncOtherMachine',
      'From_Account',
      'To_Account',
      'MsgLifeTime',
      'MsgSeq',
      'MsgRandom',
      'MsgBody',
      'ForbidCallbackControl',
      'SendMsgControl',
      'CloudCustomData',
    ])
    const to = body.To_Account
    if (!isAccountId(to)) throw new Refusal(90003, 'bad-account-id', 'To_Account is missing or invalid')
    const from = body.From_Account ?? call.operator
    if (!isAccountId(from)) throw new Refusal(90008, 'bad-account-id', 'From_Account is invalid')
    const { SyncOtherMachine: sync = 1 } = body
    if (sync !== 1 && sync !== 2) throw new Refusal(90001, 'bad-body', 'SyncOtherMachine is neither 1 nor 2')
    const random = requireRandom(body.MsgRandom)
    const elements = requireElements(body.MsgBody)
    return { accounts: [to], apply: () => send(call, { from, to, random, elements }) }
  },
}

function requireRandom(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_UINT32) return value
  throw new Refusal(90001, 'bad-body', 'MsgRandom is no unsigned 32-bit integer')
}

function requireElements(value: unknown): MessageElement[] {
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(90001, 'bad-body', 'MsgBody is no list')
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_MESSAGE_BYTES)
    throw new Refusal(93000, 'bad-body', 'the message is longer than 12 KB')
  return value.map((element: unknown) => {
    const { MsgType, MsgContent }: Record<string, unknown> = { ...Object(element) }
    if (typeof MsgType !== 'string' || typeof MsgContent !== 'object' || MsgContent === null)
      throw new Refusal(90001, 'bad-body', 'an element has no MsgType or no MsgContent')
    const content: Fields = { ...MsgContent }
    if (MsgType === 'TIMTextElem') requireText(content.Text)
    return { MsgType, MsgContent: content }
  })
}

function requireText(text: unknown): void {
  if (typeof text !== 'string') throw new Refusal(90001, 'bad-body', 'Text is no string')
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES)
    throw new Refusal(80002, 'bad-body', 'Text is longer than 8 KB')
}

type Sent = { from: string; to: string; random: number; elements: MessageElement[] }

function send(call: AdmittedCall, { from, to, random, elements }: Sent): Fields {
  const { app } = call
  if (!app.accounts.has(to)) throw new Refusal(90012, null, 'To_Account is not registered')
  if (from !== call.operator && !app.accounts.has(from))
    throw new Refusal(90008, null, 'From_Account does not exist')
  const message: Message = {
    seq: app.peerMessages.length + 1,
    from,
    time: Math.floor(call.clock.mutesNow() / 1000),
    random,
    state: 'kept',
    body: elements,
  }
  app.peerMessages.push({ ...message, to })
  const texts = elements.flatMap(({ MsgContent }) =>
    typeof MsgContent.Text === 'string' ? [MsgContent.Text] : [],
  )
  call.deliver({ from, to, text: texts.join('\n') })
  return { MsgTime: message.time, MsgKey: `${message.seq}_${random}_${message.time}` }
}
