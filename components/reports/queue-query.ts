import { type ListCasesInput, listCasesSchema } from '@/lib/reports/case-schemas'
import { type CaseListInput, caseListSchema } from '@/lib/reports/neighbour-schemas'
import { type CaseList, hrefOf, type QueueFields, queueFilters } from './queue-href'

export type SearchParams = Record<string, string | string[] | undefined>

export type QueueQuery = {
  /** what to list; null when the URL asks for something that cannot be */
  input: ListCasesInput | null
  fields: QueueFields
  isNarrowed: boolean
  /** whether the page is another than the first */
  isPaged: boolean
  /** the one URL that says the same, with nothing empty: to be redirected to when it is not this one */
  href: string
  isCanonical: boolean
}

/** Reads the queue's URL. */
export function readQueueQuery(params: SearchParams): QueueQuery {
  const given = pick(params, ['tab', ...queueFilters, 'after'])
  const parsed = listCasesSchema.safeParse(given)
  const sent = Object.values(params).filter((value) => value !== undefined)
  const filters = Object.fromEntries(queueFilters.map((name) => [name, given[name] ?? '']))
  return {
    input: parsed.success ? parsed.data : null,
    // Made of the very names.
    fields: { ...filters, tab: parsed.success ? parsed.data.tab : 'new' } as QueueFields,
    isNarrowed: Object.values(filters).some((value) => value !== ''),
    isPaged: given.after !== undefined,
    href: hrefOf('/reports', given),
    isCanonical: sent.length === Object.keys(given).length,
  }
}

/** Reads from a case's URL which list it was opened from; null: none, or one that cannot be. */
export function readCaseList(params: SearchParams): { list: CaseList; input: CaseListInput } | null {
  const given = pick(params, ['tab', ...queueFilters, 'at'])
  const parsed = caseListSchema.safeParse(given)
  if (given.tab === undefined || !parsed.success) return null
  return { list: { ...given, tab: parsed.data.tab }, input: parsed.data }
}

function pick(params: SearchParams, names: readonly string[]): Record<string, string> {
  const given: Record<string, string> = {}
  for (const name of names) {
    const value = params[name]
    if (typeof value === 'string' && value !== '') given[name] = value
  }
  return given
}
