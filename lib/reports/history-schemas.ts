import * as z from 'zod'
import type { MessageDto } from './case-schemas'

export const historyDirections = ['older', 'newer'] as const
export type HistoryDirection = (typeof historyDirections)[number]

/**
 * Where a reading goes on: on whose side of the conversation, beyond which message, the provider's own cursor, and those
 * further up where earlier parts began, with spaces between them, the highest first.
 */
const place = {
  view: z.enum(['0', '1'], 'invalid').exactOptional(),
  from: z
    .string('invalid')
    .regex(/^\d{1,20}$/, 'invalid')
    .exactOptional(),
  cursor: z.string('invalid').max(500, 'invalid').exactOptional(),
  above: z.string('invalid').max(4_000, 'invalid').exactOptional(),
}

/** Beyond the kept messages of a case, or further on: the `next` of the part before. */
export const readOnSchema = z.strictObject({
  caseId: z.uuid('invalid'),
  direction: z.enum(historyDirections, 'invalid'),
  ...place,
})
export type ReadOnInput = z.infer<typeof readOnSchema>
export type HistoryPlace = Pick<ReadOnInput, keyof typeof place>

/** A message that is not kept: read from the provider for this one look. */
export type HistoryMessageDto = Omit<MessageDto, 'isReported' | 'takenAt' | 'goneAt' | 'isAfterGap'>

export type HistoryDto = {
  /** oldest first; empty with a `next`: the kept ones lie further back than was read */
  messages: HistoryMessageDto[]
  /** there can be none: the provider keeps none there, the group is gone, or no conversation was named */
  why: 'no_history' | 'not_found' | 'no_conversation' | null
  /** of a one-to-one conversation: whose side of it was read, where what they deleted is missing */
  viewOf: string | null
  /** null: the provider has nothing beyond */
  next: HistoryPlace | null
  /** when the provider was asked, epoch ms by the server's clock */
  readAt: number
}
