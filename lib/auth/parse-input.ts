import 'server-only'
import type * as z from 'zod'
import { AppError, type FieldErrorCode, fieldErrorCodes } from '@/lib/errors'

/** What the schema makes of the input. Throws `AppError('INVALID_INPUT')` with the first fault of each field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields: Record<string, FieldErrorCode> = {}
  for (const issue of parsed.error.issues) {
    const field = issue.path.join('.') || 'input'
    fields[field] ??= fieldErrorCodes.find((code) => code === issue.message) ?? 'invalid'
  }
  throw new AppError('INVALID_INPUT', { fields })
}
