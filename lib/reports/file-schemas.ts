import * as z from 'zod'

/** No message has more files than this; what is beyond cannot be asked for. */
const maxIndex = 99

export const messageIdSchema = z.string('invalid').regex(/^[\x21-\x7e]{1,200}$/, 'invalid')

/** One file of a kept message, by its place in it. */
export const messageFileSchema = z.strictObject({
  caseId: z.uuid('invalid'),
  messageId: messageIdSchema,
  index: z
    .string('invalid')
    .regex(/^\d{1,2}$/, 'invalid')
    .transform(Number)
    .refine((index) => index <= maxIndex, 'invalid'),
})
export type MessageFileKey = z.output<typeof messageFileSchema>

const fileSchema = z.object({
  kind: z.enum(['image', 'audio', 'video', 'file']),
  address: z.string(),
  name: z.string().nullable(),
  sizeBytes: z.number().nullable(),
})

/** The files of a message as it was kept; those kept before there were any have none. */
export const keptFilesSchema = z.object({ files: z.array(fileSchema).catch([]).default([]) })

/** What a screen is told of a file: never where it is. */
export type MessageFileDto = Omit<z.infer<typeof fileSchema>, 'address'>

export function toFileDtos({ files }: { files: readonly MessageFileDto[] }): MessageFileDto[] {
  return files.map(({ kind, name, sizeBytes }) => ({ kind, name, sizeBytes }))
}
