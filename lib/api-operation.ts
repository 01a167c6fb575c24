import * as z from 'zod'
import type { ApiScope, Permission } from '@/lib/auth/roles'
import { appErrorCodes, fieldErrorCodes } from './errors'

/** One call of the public API: the route is made of it, and its description too, so that the two cannot differ. */
export type ApiOperation = {
  /** in the audit, the log and the description, like `api.bulk-mutes.get` */
  name: string
  method: 'get' | 'post'
  /** from the origin on, with `{parameters}` */
  path: string
  summary: string
  description: string
  scope: ApiScope
  permission: Permission
  /** calls per key and minute */
  limit: number
  /** strict; of a POST the body, of a GET what the path and the query say together */
  input: z.ZodType
  /** a POST whose path and query say all, as of a GET: given twice it changes nothing more, so that it needs no key */
  isBodiless?: true
  /** what of the verb's result is told: anything that it does not name stays inside */
  answer: z.ZodType
  status: 200 | 202
}

/** The longest body that is read, in bytes. */
export const maxApiBodyBytes = 1024 * 1024

/** Comes with each POST: the same key with the same body is one change, however often it arrives. */
export const idempotencyKeySchema = z.uuid('invalid')

/** What every refusal looks like. */
export const apiErrorSchema = z.object({
  error: z.object({
    code: z.enum(appErrorCodes).exclude(['UNANSWERED', 'PAGE_BROKE']),
    /** finds the log line of this request */
    requestId: z.uuid(),
    /** path of the field → what is wrong with it */
    fields: z.record(z.string(), z.enum(fieldErrorCodes)).optional(),
    details: z
      .object({
        by: z.string().optional(),
        at: z.number().optional(),
        providerCode: z.number().optional(),
        provider: z.enum(['tencent', 'zego']).optional(),
        retryAfterSeconds: z.number().optional(),
      })
      .optional(),
  }),
})
