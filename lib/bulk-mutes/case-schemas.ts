import * as z from 'zod'
import { type CaseLeftReason, type CaseLinkStatus, type CaseWish, caseWishes, maxBulkItems } from './rules'

/** The cases that a run is made for, each once: of accounts that are in it. Only a person names any. */
export const casesOfRunSchema = z.strictObject({
  ids: z
    .array(z.uuid('invalid'), 'invalid')
    .min(1, 'required')
    .max(maxBulkItems, 'too_many')
    .refine((ids) => new Set(ids).size === ids.length, 'duplicate'),
  wish: z.enum(caseWishes, 'required'),
})
export type CasesOfRun = z.infer<typeof casesOfRunSchema>

/** `reopened`: the run closed it, and that was undone. */
export type RunCaseState = CaseLinkStatus | 'reopened'

/** How many cases of a run have come to what. */
export type RunCasesDto = { wish: CaseWish } & Record<RunCaseState, number>

/** A case that a run was made for. */
export type RunCaseDto = { id: string; number: number; state: RunCaseState; why: CaseLeftReason | null }

/** A run that a case was made part of, and what it did with it; `at`: when it was made, epoch ms. */
export type CaseRunDto = {
  bulkId: string
  by: string
  at: number
  wish: CaseWish
  state: RunCaseState
  why: CaseLeftReason | null
}
