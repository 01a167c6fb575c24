import * as z from 'zod'
import { caseKeySchema, listCasesSchema } from './case-schemas'

const { after, ...filters } = listCasesSchema.shape

/** A list of the queue that a case was opened from: its tab and filters. */
export const caseListSchema = z.strictObject({
  ...filters,
  /** where the case stood in it; absent: it was taken, not opened from there */
  at: after,
})
export type CaseListInput = z.infer<typeof caseListSchema>

export const neighboursSchema = caseListSchema.extend(caseKeySchema.shape)
export type NeighboursInput = z.infer<typeof neighboursSchema>

/** A case beside another one; `at`: its place in the list. */
export type NeighbourDto = { id: string; number: number; at: string }

/** What stands around a case in the list that it was opened from. */
export type NeighboursDto = {
  previous: NeighbourDto | null
  next: NeighbourDto | null
  /** false: the case has left the list, and the others are those around where it stood */
  isListed: boolean
  /** the page of the list that shows the place, with some before it: `after` of its address; null: the first one */
  page: string | null
}
