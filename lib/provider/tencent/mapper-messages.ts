import { writeOldest } from '../cursors'
import type { ChatMessage, Page } from '../port'
import { toFiles } from './mapper-files'
import type {
  AdminGetRoamMsgAnswer,
  GroupMsgGetSimpleAnswer,
  SendMsgBody,
  WireMessageBody,
} from './wire-messages'

/** `IsFinished`: everything that was asked for has expired, and what is older as well. */
const allExpired = 2
/** Of `MsgFlagBits`. */
const recalledBit = 8

const kinds = new Map<string, ChatMessage['kind']>([
  ['TIMTextElem', 'text'],
  ['TIMImageElem', 'image'],
  ['TIMSoundElem', 'audio'],
  ['TIMVideoFileElem', 'video'],
  ['TIMFileElem', 'file'],
])
/** `IsPlaceMsg`; a number that no document names is no message any more. */
const states = new Map<number, ChatMessage['state']>([
  [0, 'present'],
  [2, 'recalled'],
])

/** What was written. Elements without a kind of their own (faces, places, …) count as custom. */
export function toContent(body: WireMessageBody): Pick<ChatMessage, 'kind' | 'text' | 'files'> {
  const elements = body ?? []
  const found = new Set(elements.map(({ MsgType }) => kinds.get(MsgType) ?? 'custom'))
  const [kind = 'custom'] = found
  const texts = elements.flatMap(({ MsgType, MsgContent }) =>
    MsgType === 'TIMTextElem' && typeof MsgContent?.Text === 'string' ? [MsgContent.Text] : [],
  )
  const files = toFiles(elements)
  return {
    kind: found.size > 1 ? 'mixed' : kind,
    text: texts.length > 0 ? texts.join('\n') : null,
    ...(files.length > 0 && { files }),
  }
}

/**
 * Newest first. The next page begins right below the smallest number of this one, also when that one's message is gone
 * without a sender or a time and so cannot be shown.
 */
export function toGroupMessages(answer: GroupMsgGetSimpleAnswer): Page<ChatMessage> {
  const list = [...answer.RspMsgList].sort((a, b) => b.MsgSeq - a.MsgSeq)
  const smallest = list.at(-1)?.MsgSeq ?? 0
  const items = list.flatMap((message): ChatMessage[] => {
    if (!message.From_Account || message.MsgTimeStamp === undefined) return []
    return [
      {
        messageId: String(message.MsgSeq),
        seq: String(message.MsgSeq),
        senderId: message.From_Account,
        sentAt: message.MsgTimeStamp * 1000,
        ...toContent(message.MsgBody),
        state: states.get(message.IsPlaceMsg) ?? 'deleted',
      },
    ]
  })
  const isLast = smallest <= 1 || answer.IsFinished === allExpired
  return { items, next: isLast ? null : String(smallest - 1), total: null }
}

/** Newest first. `MsgSeq` orders the messages of one second only ("Sending One-to-One Messages"). */
export function toPeerMessages(answer: AdminGetRoamMsgAnswer): Page<ChatMessage> {
  const placed = answer.MsgList.map((message) => ({
    place: (BigInt(message.MsgTimeStamp) << 32n) + BigInt(message.MsgSeq),
    message,
  })).sort((a, b) => (a.place < b.place ? 1 : -1))
  const items = placed.map(
    ({ place, message }): ChatMessage => ({
      messageId: message.MsgKey,
      seq: String(place),
      senderId: message.From_Account,
      sentAt: message.MsgTimeStamp * 1000,
      ...toContent(message.MsgBody),
      state: message.MsgFlagBits & recalledBit ? 'recalled' : 'present',
    }),
  )
  const { LastMsgTime: sentAtSeconds, LastMsgKey: key } = answer
  const isLast = answer.Complete !== 0 || items.length === 0 || sentAtSeconds === undefined || !key
  return { items, next: isLast ? null : writeOldest({ sentAtSeconds, key }), total: null }
}

/** `random` tells a message from others of the same second, 32 bits; `sender`: undefined for the administrator. */
export function toSendMsgBody(
  toUserId: string,
  text: string,
  { random, sender }: { random: number; sender: string | undefined },
): SendMsgBody {
  return {
    ...(sender !== undefined && { From_Account: sender }),
    To_Account: toUserId,
    SyncOtherMachine: 2,
    MsgRandom: random,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }],
  }
}
