import * as z from 'zod'
import { connectionKeySchema, userIdSchema } from '@/lib/accounts/schemas'
import type { ApiOperation } from '@/lib/api-operation'
import { reasonTextError } from '@/lib/mutes/rules'
import { endSchema } from '@/lib/mutes/schemas'
import { noticeLocales } from '@/lib/settings/report-rules'
import { reportMuteDaysSchema } from './report-mute-schemas'
import { appealStatuses, maxReportTextLength } from './rules'

/** Characters of an answer to an appeal: with its template around it, it is no longer than a message may be. */
export const maxAnswerLength = 200

/** What somebody in a chat wrote; kept as it is and shown as inert text. */
const theirText = z
  .string('invalid')
  .min(1, 'required')
  .max(maxReportTextLength, 'too_long')
  .refine((text) => text.trim() !== '', 'required')

const asked = {
  connection: connectionKeySchema,
  /** who appeals: the one who was accused */
  userId: userIdSchema,
  text: theirText,
  language: z
    .string('invalid')
    .regex(/^[A-Za-z0-9-]{0,35}$/, 'invalid')
    .default('')
    .meta({ description: 'BCP 47, of the one who appeals' }),
  decisionId: z
    .uuid('invalid')
    .exactOptional()
    .meta({ description: 'the decision; without it the latest one about this account' }),
}
const askedSchema = z.strictObject(asked)

export const fileAppealSchema = z.strictObject({ ...asked, idempotencyKey: z.uuid('invalid') })
export type FileAppealInput = z.infer<typeof fileAppealSchema>

export const answerAppealSchema = z
  .strictObject({
    appealId: z.uuid('invalid'),
    /** the case's version that was seen */
    version: z.int('invalid').min(1, 'invalid'),
    claimToken: z.uuid('invalid').exactOptional(),
    answer: z.enum(appealStatuses, 'required').exclude(['open'], 'required'),
    /** of the mute that is shortened */
    end: endSchema.exactOptional(),
    /** what the accused is told, in the language named; null: nothing is sent */
    text: z
      .string('invalid')
      .trim()
      .max(maxAnswerLength, 'too_long')
      .refine((text) => !/[{}]/.test(text), 'invalid')
      .superRefine((text, { addIssue }) => {
        const error = reasonTextError(text)
        if (error) addIssue(error)
      }),
    notify: z.enum(noticeLocales, 'invalid').nullable(),
  })
  .refine(({ answer, end }) => (answer === 'shortened') === (end !== undefined), {
    path: ['end'],
    error: 'required',
  })
  .refine(({ end }) => end?.kind !== 'forever', { path: ['end'], error: 'invalid' })
export type AnswerAppealInput = z.infer<typeof answerAppealSchema>

export const sweepReporterSchema = z.strictObject({
  connection: connectionKeySchema,
  reporterId: userIdSchema,
})
export type SweepReporterInput = z.infer<typeof sweepReporterSchema>

/** The same when it is done: what comes of this reporter from now on can be set aside for so long. */
export const doSweepSchema = sweepReporterSchema.extend({ muteDays: reportMuteDaysSchema.exactOptional() })
export type DoSweepInput = z.infer<typeof doSweepSchema>

export const publicAppealSchema = z
  .object({
    id: z.uuid(),
    caseNumber: z.int(),
    status: z.enum(appealStatuses),
    receivedAt: z.int().meta({ description: 'epoch milliseconds' }),
  })
  .meta({ description: 'An appeal against a decision.' })
export type AppealDto = z.infer<typeof publicAppealSchema>

export const fileAppealOperation = {
  name: 'api.appeals.create',
  method: 'post',
  path: '/api/v1/appeals',
  summary: 'Appeal against a decision',
  description:
    'Hands on what an account says against the decision about it. Somebody other than who decided answers. One appeal for each decision.',
  scope: 'reports:write',
  permission: 'reports:file',
  limit: 120,
  input: askedSchema,
  answer: publicAppealSchema,
  status: 202,
} as const satisfies ApiOperation
