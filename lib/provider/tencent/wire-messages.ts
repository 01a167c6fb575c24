import * as z from 'zod'

/** The wire of the commands about messages. */

/**
 * "Message Formats": what is read of an element's content; people's clients wrote it, so nothing is sure of it. Of a
 * picture `Type` 1 is the original, 2 a large and 3 a small copy.
 */
const whatever = z.unknown().optional()
const content = z.object({
  Text: whatever,
  Url: whatever,
  VideoUrl: whatever,
  FileName: whatever,
  FileSize: whatever,
  Size: whatever,
  VideoSize: whatever,
  ImageInfoArray: z
    .array(z.object({ Type: whatever, URL: whatever, Size: whatever }))
    .optional()
    .catch(undefined),
})

/** Its elements; empty or null where only the place of a message is left. */
const body = z.array(z.object({ MsgType: z.string(), MsgContent: content.optional() })).nullish()
export type WireMessageBody = z.infer<typeof body>

/**
 * "Pulling the Historical Messages of a Group": newest first, or from `ReqMsgSeq` downwards. `IsFinished` speaks of
 * the messages asked for, not of the history; 2 says that all of them have expired.
 */
export type GroupMsgGetSimpleBody = {
  GroupId: string
  TopicId?: string
  ReqMsgNumber: number
  ReqMsgSeq?: number
  WithRecalledMsg: 1
}
export const groupMsgGetSimpleSchema = z.object({
  IsFinished: z.int().optional(),
  RspMsgList: z
    .array(
      z.object({
        From_Account: z.string().optional(),
        IsPlaceMsg: z.int().default(0),
        MsgBody: body,
        MsgSeq: z.int().min(0),
        MsgTimeStamp: z.int().min(0).optional(),
      }),
    )
    .default([]),
})
export type GroupMsgGetSimpleAnswer = z.infer<typeof groupMsgGetSimpleSchema>

/** "Querying One-to-One Messages": `Operator_Account` is the one whose view of the conversation is read. */
export type AdminGetRoamMsgBody = {
  Operator_Account: string
  Peer_Account: string
  MaxCnt: number
  MinTime: number
  MaxTime: number
  LastMsgKey?: string
}
export const adminGetRoamMsgSchema = z.object({
  Complete: z.int(),
  LastMsgTime: z.int().min(0).optional(),
  LastMsgKey: z.string().optional(),
  MsgList: z
    .array(
      z.object({
        From_Account: z.string(),
        MsgSeq: z.int().min(0),
        MsgTimeStamp: z.int().min(0),
        MsgFlagBits: z.int().default(0),
        MsgKey: z.string(),
        MsgBody: body,
      }),
    )
    .default([]),
})
export type AdminGetRoamMsgAnswer = z.infer<typeof adminGetRoamMsgSchema>

/**
 * "Sending One-to-One Messages to One User": without `From_Account` it is from the administrator who calls.
 * `SyncOtherMachine` 2 keeps it out of the sender's own list of conversations.
 */
export type SendMsgBody = {
  From_Account?: string
  To_Account: string
  SyncOtherMachine: 2
  MsgRandom: number
  MsgBody: [{ MsgType: 'TIMTextElem'; MsgContent: { Text: string } }]
}
