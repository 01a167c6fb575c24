import * as z from 'zod'
import type { FieldErrorCode } from '@/lib/errors'
import { type ReportCategory, reportCategories, slugPattern } from './rules'

/**
 * A category by its form: one of those that are built in, or `custom:` and the short name of one that leads added.
 * Whether there is such a one, and it is not retired, is for the verb to say. `fault`: the word for what is none.
 */
export const categorySchema = (fault: FieldErrorCode): z.ZodType<ReportCategory, ReportCategory> =>
  z.union([z.enum(reportCategories), z.templateLiteral(['custom:', z.string().regex(slugPattern)])], fault)
