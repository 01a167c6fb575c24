import * as z from 'zod'
import { messageIdSchema } from './file-schemas'

const kinds = ['text', 'image', 'audio', 'video', 'file', 'custom', 'mixed'] as const

/** A message as it was kept. */
export const keptMessageSchema = z.object({
  senderId: z.string(),
  kind: z.enum(kinds),
  text: z.string().nullable(),
  state: z.enum(['present', 'recalled', 'deleted']),
})

/** The page of kept messages after one of them. */
export const readKeptSchema = z.strictObject({ caseId: z.uuid('invalid'), after: messageIdSchema })
export type ReadKeptInput = z.infer<typeof readKeptSchema>
