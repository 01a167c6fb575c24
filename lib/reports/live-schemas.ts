import * as z from 'zod'
import { type CaseDto, caseKeySchema } from './case-schemas'
import type { ViewerDto } from './colleague-dtos'
import { queuePageSize } from './queue-rules'

const { caseId } = caseKeySchema.shape

export const followCasesSchema = z.strictObject({ caseId: caseId.exactOptional() })
export type FollowCasesInput = z.infer<typeof followCasesSchema>

/** What a browser that follows the cases is told of: any of them, or the one that it shows. */
export type CaseNews = 'queue' | 'case'

/** The cases of one page of the queue, as the address has them: ids with commas between them. */
export const readStandsSchema = z.strictObject({
  cases: z
    .string('invalid')
    .transform((text) => text.split(','))
    .pipe(z.array(caseId).min(1, 'invalid').max(queuePageSize, 'invalid')),
})
export type ReadStandsInput = z.infer<typeof readStandsSchema>

/** Where a case of the queue stands now, and who else looks at it; `hasClaim`: works on it. */
export type CaseStandDto = Pick<
  CaseDto,
  'id' | 'version' | 'status' | 'claim' | 'held' | 'needsLead' | 'closedBy'
> & {
  viewers: (ViewerDto & { hasClaim: boolean })[]
}

export type CaseStandsDto = { stands: CaseStandDto[]; serverNow: number }
