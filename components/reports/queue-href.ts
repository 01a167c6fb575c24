import type { QueueTab } from '@/lib/reports/queue-rules'

export const queueFilters = ['connection', 'category', 'accused', 'reporter'] as const

/** The tab, and the filters as their fields show them; empty where one is not set. */
export type QueueFields = { tab: QueueTab } & Record<(typeof queueFilters)[number], string>

/** A list that a case is opened from; `at`: the case's place in it, absent where it was not opened from there. */
export type CaseList = Pick<QueueFields, 'tab'> & Partial<QueueFields> & { at?: string | undefined }

/** The URL of a tab with these filters, or of the page after a place in it. */
export function queueHref({ tab, ...filters }: CaseList, after?: string): string {
  return hrefOf('/reports', { ...(tab !== 'new' && { tab }), ...setOf(filters), ...(after && { after }) })
}

/** The URL of a case, with the list that it is opened from; ids and filters alone. */
export function caseHref(caseId: string, list: CaseList | null): string {
  if (!list) return `/reports/${caseId}`
  const { tab, at, ...filters } = list
  return hrefOf(`/reports/${caseId}`, { tab, ...setOf(filters), ...(at && { at }) })
}

/** The filters that are set, and nothing else. */
function setOf(filters: Partial<QueueFields>): Record<string, string> {
  const set: Record<string, string> = {}
  for (const name of queueFilters) if (filters[name]) set[name] = filters[name]
  return set
}

export function hrefOf(path: string, params: Record<string, string>): string {
  const search = new URLSearchParams(params).toString()
  return search === '' ? path : `${path}?${search}`
}

/** What a case's row is found by on the page of its list: its id, and the fragment of that page's URL. */
export const rowId = (caseId: string) => `case-${caseId}`
