import * as z from 'zod'
import { connectionKeySchema, userIdSchema } from '@/lib/accounts/schemas'
import { groupIdSchema, topicIdSchema } from '@/lib/groups/schemas'
import { categorySchema } from './category-schemas'
import { type PriorityReason, priorityKinds } from './priority'
import { maxReportedMessages, maxReportTextLength } from './rules'

/** The id by which the app or the provider names a message; printable, as both providers make them. */
const messageIdSchema = z.string('invalid').regex(/^[\x21-\x7e]{1,200}$/, 'invalid')

const accusation = {
  connection: connectionKeySchema,
  accusedId: userIdSchema.meta({ description: 'the account that is accused' }),
  reporterId: userIdSchema.meta({ description: 'the account that reports; never the accused' }),
  groupId: groupIdSchema
    .exactOptional()
    .meta({ description: 'the group of the conversation; without it and `peerId` no conversation is named' }),
  topicId: topicIdSchema.exactOptional().meta({ description: 'the topic, in a community with topics' }),
  peerId: userIdSchema
    .exactOptional()
    .meta({ description: 'of a one-to-one conversation: the other person, mostly the reporter' }),
  messageIds: z
    .array(messageIdSchema, 'invalid')
    .max(maxReportedMessages, 'too_many')
    .refine((ids) => new Set(ids).size === ids.length, 'duplicate')
    .default([])
    .meta({
      description:
        'the messages it is about, by the ids in the provider’s history: Tencent’s MsgSeq in groups and MsgKey in ' +
        'one-to-one conversations, ZEGO’s MsgID or MsgSeq',
    }),
  category: categorySchema('required').meta({
    description:
      'what the accused is accused of: built in, or `custom:` and the short name of one that the leads added; one ' +
      'that is not there or retired is refused with 422',
  }),
  text: z
    .string('invalid')
    .trim()
    .max(maxReportTextLength, 'too_long')
    .default('')
    .meta({ description: 'what the reporter says' }),
  language: z
    .string('invalid')
    .regex(/^([a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8}){0,6})?$/, 'invalid')
    .default('')
    .meta({ description: 'the reporter’s, as a BCP 47 tag like `zh-Hans`; empty: not known' }),
  clientTime: z
    .int('invalid')
    .min(0, 'invalid')
    .max(8.64e15, 'invalid')
    .exactOptional()
    .meta({ description: 'when it was reported by the reporter’s device, epoch milliseconds' }),
}

type Parties = {
  accusedId: string
  reporterId?: string
  groupId?: string
  topicId?: string
  peerId?: string
  messageIds: readonly string[]
}

/** Who and where must make sense together: nobody reports themselves, and a conversation is of one kind. */
function makesSense(input: Parties, { addIssue }: z.RefinementCtx) {
  const { accusedId, reporterId, groupId, topicId, peerId, messageIds } = input
  const wrong = (field: keyof Parties, message: 'required' | 'invalid' | 'is_accused') =>
    addIssue({ code: 'custom', path: [field], message })
  if (reporterId === accusedId) wrong('reporterId', 'is_accused')
  if (peerId === accusedId) wrong('peerId', 'is_accused')
  if (topicId !== undefined && groupId === undefined) wrong('groupId', 'required')
  if (peerId !== undefined && groupId !== undefined) wrong('peerId', 'invalid')
  // A message's id means something within its conversation alone.
  if (messageIds.length > 0 && groupId === undefined && peerId === undefined) wrong('groupId', 'required')
}

/** An accusation as a program brings it in. */
export const submitReportSchema = z.strictObject(accusation).superRefine(makesSense)

/** An accusation as a moderator writes it down; without a reporter it is what the moderator saw. */
export const fileReportSchema = z
  .strictObject({
    idempotencyKey: z.uuid('invalid'),
    ...accusation,
    reporterId: userIdSchema.exactOptional(),
  })
  .superRefine(makesSense)
export type FileReportInput = z.output<typeof fileReportSchema>
/** The same as a form has it: what is not given has a default. */
export type FileReportWish = z.input<typeof fileReportSchema>

export const reportKeySchema = z.strictObject({ reportId: z.uuid('invalid') })
export type ReportKey = z.infer<typeof reportKeySchema>

/** A report as whoever filed it gets it back: what never changes about it. */
export type FiledReportDto = {
  id: string
  connection: string
  accusedId: string
  /** null: its reporter is muted, and it was set aside */
  caseId: string | null
  /** what moderators call its case: `#812`; null like `caseId` */
  caseNumber: number | null
  /** epoch ms */
  receivedAt: number
}

/** A case's stored reasons, parsed: `priorityWhy`. What cannot be read is none: the queue must not stop at it. */
export const priorityWhySchema: z.ZodType<PriorityReason[]> = z
  .array(z.object({ kind: z.enum(priorityKinds), value: z.number() }))
  .catch([])
