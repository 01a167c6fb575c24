import * as z from 'zod'
import { connectionKeySchema, userIdSchema } from '@/lib/accounts/schemas'
import { type AuditData, type AuditOutcome, type AuditType, auditOutcomes } from './events'
import { auditTypes } from './outcomes'

/** Events on one page of the list. */
export const auditPageSize = 50

const instantSchema = z.int('invalid').min(0, 'invalid').max(8.64e15, 'invalid')

/** What the list is narrowed to; all given fields must hold. */
export const listAuditSchema = z.strictObject({
  type: z.enum(auditTypes, 'invalid').optional(),
  outcome: z.enum(auditOutcomes, 'invalid').optional(),
  actorId: z.uuid('invalid').optional(),
  connection: connectionKeySchema.optional(),
  userId: userIdSchema.optional(),
  /** epoch milliseconds, both ends included */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  /** the `next` of the page before: only events older than that one */
  before: z.int('invalid').min(1, 'invalid').optional(),
})
export type ListAuditInput = z.infer<typeof listAuditSchema>

/** One event as it is shown; `data` belongs to `type`. */
export type AuditEntry = {
  [T in AuditType]: {
    /** its place in the chain */
    seq: number
    /** epoch milliseconds of the database's clock */
    at: number
    type: T
    outcome: AuditOutcome
    actorId: string | null
    actorName: string
    connection: string | null
    userId: string | null
    commandId: string | null
    data: AuditData[T]
  }
}[AuditType]

/** The newest events first; `next` is the `before` of the page that follows, null on the last one. */
export type AuditPage = { events: AuditEntry[]; next: number | null }
