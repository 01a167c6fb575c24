import * as z from 'zod'
import type { ApiOperation } from '@/lib/api-operation'
import { categorySchema } from './category-schemas'
import { reportKeySchema, submitReportSchema } from './report-schemas'

const instant = z.int().meta({ description: 'epoch milliseconds' })

/** What never changes about a report: the answer to filing it, the same however often it is asked for. */
export const filedReportSchema = z
  .object({
    id: z.uuid(),
    connection: z.string(),
    accusedId: z.string(),
    caseNumber: z
      .int()
      .nullable()
      .meta({
        description:
          'what moderators call the case that it was counted into; null: it is on record and in none, because reports of ' +
          'this reporter are not worked on at present',
      }),
    receivedAt: instant,
  })
  .meta({ description: 'A report that is on record.' })

/** How far the work on a report is, as its reporter may know it. */
export const reportProgresses = ['received', 'in_review', 'handled'] as const
/** What came of a report, as its reporter may know it: never what was done about the accused. */
export const reportOutcomes = ['violation_found', 'no_violation_found', 'undecided'] as const

export const publicReportSchema = filedReportSchema
  .extend({
    category: categorySchema('invalid'),
    status: z.enum(reportProgresses),
    outcome: z
      .enum(reportOutcomes)
      .nullable()
      .meta({ description: 'null until it is handled; what was done about the accused is not told' }),
  })
  .meta({ description: 'A report as it stands.' })
export type PublicReportDto = z.infer<typeof publicReportSchema>

export const submitReportOperation = {
  name: 'api.reports.create',
  method: 'post',
  path: '/api/v1/reports',
  summary: 'File an abuse report',
  description:
    'Reports on the same accused in the same conversation are worked on as one case while it is open. The messages named ' +
    'and those around them are fetched from the provider at once and kept. The same Idempotency-Key with the same body ' +
    'gives the same answer; with another body it is refused with 409. What somebody reports whose reports are not worked ' +
    'on at present is accepted and kept as well, but comes into no case: its `caseNumber` is null.',
  scope: 'reports:write',
  permission: 'reports:file',
  limit: 30_000,
  input: submitReportSchema,
  answer: filedReportSchema,
  status: 202,
} as const satisfies ApiOperation

export const getReportOperation = {
  name: 'api.reports.get',
  method: 'get',
  path: '/api/v1/reports/{reportId}',
  summary: 'A report as it stands',
  description:
    'How far the work on it is and what came of it, for the one who reported. One that came into no case has null as its ' +
    '`caseNumber` and stays `received`.',
  scope: 'reports:read',
  permission: 'reports:read',
  limit: 6_000,
  input: reportKeySchema,
  answer: publicReportSchema,
  status: 200,
} as const satisfies ApiOperation
