import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, isAccountId } from './fields'
import type { Fields } from './filters'
import type { PeerMessage } from './groups'

/** About as much as one answer holds. */
const MAX_LIST_BYTES = 13 * 1024

const RECALLED = 8

type Asked = { operator: string; peer: string; max: number; from: number; to: number; lastKey: string | null }

/**
 * v4/openim/admin_getroammsg: the messages of two accounts in a span of time, the latest page first and each page in
 * the order of time. One goes on with the time and the key of the page's earliest message while Complete is 0.
 */
export const adminGetRoamMsg: Endpoint = {
  api: 'admin_getroammsg',
  path: '/v4/openim/admin_getroammsg',
  limitPerSecond: 200,
  dress: 'action',
  badJsonCode: 90001,
  notAdminCode: 90009,

  prepare(call) {
    const { body } = call
    countUnknownFields(call, body, [
      'Operator_Account',
      'Peer_Account',
      'MaxCnt',
      'MinTime',
      'MaxTime',
      'LastMsgKey',
    ])
    const asked: Asked = {
      operator: requireAccountId('Operator_Account', body.Operator_Account, 90008),
      peer: requireAccountId('Peer_Account', body.Peer_Account, 90003),
      max: requireInteger('MaxCnt', body.MaxCnt, 1),
      from: requireInteger('MinTime', body.MinTime, 0),
      to: requireInteger('MaxTime', body.MaxTime, 0),
      lastKey: keyOf(body.LastMsgKey),
    }
    return { accounts: [asked.operator, asked.peer], apply: () => pageOf(call, asked) }
  },
}

function requireAccountId(field: string, value: unknown, code: number): string {
  if (value === undefined) throw new Refusal(code, 'bad-body', `${field} is missing`)
  if (isAccountId(value)) return value
  throw new Refusal(code, 'bad-account-id', `${field} is invalid`)
}

function requireInteger(field: string, value: unknown, min: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value
  throw new Refusal(90001, 'bad-body', `${field} is no whole number from ${min}`)
}

function keyOf(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value === 'string' && /^\d+_\d+_\d+$/.test(value)) return value
  throw new Refusal(90001, 'bad-body', 'LastMsgKey is no key of a message')
}

function pageOf(call: AdmittedCall, { operator, peer, max, from, to, lastKey }: Asked): Fields {
  if (!call.app.accounts.has(operator)) throw new Refusal(90008, null, 'Operator_Account does not exist')
  const said = call.app.peerMessages.filter(
    (message) =>
      (message.from === operator && message.to === peer) ||
      (message.from === peer && message.to === operator),
  )
  const known = said.findIndex((message) => messageKey(message) === lastKey)
  const within = said
    .slice(0, known === -1 ? undefined : known)
    .filter(({ time }) => time >= from && time <= to)
    .map(described)
  const page = latest(within, max)
  const [earliest] = page
  return {
    Complete: page.length === within.length ? 1 : 0,
    MsgCnt: page.length,
    LastMsgTime: earliest?.MsgTimeStamp ?? 0,
    LastMsgKey: earliest?.MsgKey ?? '',
    MsgList: page,
  }
}

/** As many of the last ones as are asked for and fit; at least one. */
function latest(messages: readonly Fields[], max: number): readonly Fields[] {
  let bytes = 0
  let count = 0
  for (const message of messages.toReversed()) {
    bytes += Buffer.byteLength(JSON.stringify(message))
    if (count === max || (count > 0 && bytes > MAX_LIST_BYTES)) break
    count += 1
  }
  return messages.slice(messages.length - count)
}

function messageKey({ seq, random, time }: PeerMessage): string {
  return `${seq}_${random}_${time}`
}

function described(message: PeerMessage): Fields {
  return {
    From_Account: message.from,
    To_Account: message.to,
    MsgSeq: message.seq,
    MsgRandom: message.random,
    MsgTimeStamp: message.time,
    MsgFlagBits: message.state === 'recalled' ? RECALLED : 0,
    MsgKey: messageKey(message),
    MsgBody: message.body,
    CloudCustomData: '',
  }
}
