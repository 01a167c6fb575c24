import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { TencentConnection } from '@/lib/env'
import {
  type CallbackBody,
  type CallbackLabel,
  type CallbackMeaning,
  type CallbackReader,
  isEqualSecret,
  parseCallbackBody,
} from '../callback'

/** How far `RequestTime` may be from this server's clock, in ms. */
const windowMs = 60_000

const messages = new Set([
  'C2C.CallbackBeforeSendMsg',
  'C2C.CallbackAfterSendMsg',
  'Group.CallbackBeforeSendMsg',
  'Group.CallbackAfterSendMsg',
])

/**
 * Reads Tencent's callbacks ("Webhook Overview"): the address has `SdkAppid`, `CallbackCommand`, `RequestTime` and
 * `Sign`, the SHA-256 of token and time. The body is not signed, and all calls of one second have the same `Sign`: what
 * tells one call from another is its body.
 */
export function createTencentCallbacks({
  sdkAppId,
  callbackSecret,
}: Pick<TencentConnection, 'sdkAppId'> & { callbackSecret: string }): CallbackReader {
  return {
    neutral: { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 },
    read({ query, body: text, now }) {
      const time = query.get('RequestTime') ?? ''
      const sign = createHash('sha256').update(`${callbackSecret}${time}`).digest('hex')
      const isSigned = isEqualSecret((query.get('Sign') ?? '').toLowerCase(), sign)
      const isNow = /^\d{1,12}$/.test(time) && Math.abs(Number(time) * 1000 - now) <= windowMs
      if (!isSigned || !isNow || query.get('SdkAppid') !== String(sdkAppId))
        return { ok: false, why: 'unsigned' }
      const body = parseCallbackBody(text)
      const event = body?.CallbackCommand ?? query.get('CallbackCommand')
      if (!body || typeof event !== 'string' || !/^[\w.]{1,100}$/.test(event))
        return { ok: false, why: 'malformed' }
      const key = `${time}:${createHash('sha256').update(text).digest('hex')}`
      const told = { isAwaited: event.includes('Before'), isMessage: messages.has(event) }
      return { ok: true, callback: { event, key, body, ...told, sentBy: senderOf(event, body) } }
    },
  }
}

/** "C2C.CallbackAfterSendMsg" has a result, "Group.CallbackAfterSendMsg" is of messages that were sent. */
function senderOf(event: string, { From_Account, SendMsgResult = 0 }: CallbackBody): string | null {
  const isSent = messages.has(event) && event.includes('After') && SendMsgResult === 0
  return isSent && typeof From_Account === 'string' ? From_Account : null
}

const id = z.string().min(1)
const textOrNumber = z.union([z.string(), z.number()]).transform(String)

/** "Content moderation result callback". `CtxcbResult` 1: violates; the contact's type is 1 or 2, or (older) its name. */
const moderatedSchema = z.object({
  From_Account: id,
  ContactItem: z.object({
    ContactType: z.union([z.number(), z.string()]).optional(),
    To_Account: z.string().optional(),
    ToGroupId: z.string().optional(),
  }),
  MsgID: textOrNumber.optional(),
  CtxcbResult: z.number(),
  CtxcbSuggestion: z.string().optional(),
  CtxcbLabel: z.string().default(''),
  CtxcbSubLabel: z.string().optional(),
  CtxcbKeywords: z.array(z.string()).default([]),
})

// No document here lists the fields of these two: UNCONFIRMED. What does not fit is kept and means nothing.
const groupRecallSchema = z.object({
  GroupId: id,
  TopicId: z.string().default(''),
  MsgSeqList: z.array(z.object({ MsgSeq: textOrNumber })).min(1),
})
const peerRecallSchema = z.object({ From_Account: id, To_Account: id, MsgKey: id })

const labels: Record<string, CallbackLabel> = {
  Porn: 'sexual',
  Sexy: 'sexual',
  Moan: 'sexual',
  Abuse: 'harassment',
  Terror: 'hate',
  Ad: 'spam',
}

/** What a stored callback of Tencent's means. Throws `ZodError` when it does not look like its event. */
export function meaningOfTencent(event: string, body: unknown): CallbackMeaning {
  switch (event) {
    case 'ContentCallback.ResultNotify': {
      const told = moderatedSchema.parse(body)
      const { To_Account: peerId, ToGroupId: groupId } = told.ContactItem
      if (told.CtxcbResult !== 1 || (!groupId && !peerId)) return { kind: 'other' }
      return {
        kind: 'moderated',
        senderId: told.From_Account,
        place: groupId ? { groupId, topicId: '' } : { userId: told.From_Account, peerId: peerId ?? '' },
        messageIds: told.MsgID === undefined ? [] : [told.MsgID],
        label: labels[told.CtxcbLabel] ?? 'other',
        found: [told.CtxcbLabel, told.CtxcbSubLabel ?? '', ...told.CtxcbKeywords].filter(
          (word) => word !== '',
        ),
      }
    }
    case 'Group.CallbackAfterRecallMsg': {
      const { GroupId: groupId, TopicId: topicId, MsgSeqList } = groupRecallSchema.parse(body)
      const messageIds = MsgSeqList.map(({ MsgSeq }) => MsgSeq)
      return { kind: 'gone', place: { groupId, topicId }, messageIds }
    }
    case 'C2C.CallbackAfterMsgWithDraw': {
      const { From_Account: userId, To_Account: peerId, MsgKey } = peerRecallSchema.parse(body)
      return { kind: 'gone', place: { userId, peerId }, messageIds: [MsgKey] }
    }
    default:
      return { kind: 'other' }
  }
}
