import { type ListCasesInput, listCasesSchema } from '@/lib/reports/case-schemas'
import type { QueueTab } from '@/lib/reports/queue-rules'

export type SearchParams = Record<string, string | string[] | undefined>

const filters = ['connection', 'category', 'accused', 'reporter'] as const

/** The tab, and the filters as their fields show them; empty where one is not set. */
export type QueueFields = { tab: QueueTab } & Record<(typeof filters)[number], string>

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
  const given: Record<string, string> = {}
  for (const name of ['tab', ...filters, 'after']) {
    const value = params[name]
    if (typeof value === 'string' && value !== '') given[name] = value
  }
  const parsed = listCasesSchema.safeParse(given)
  const sent = Object.values(params).filter((value) => value !== undefined)
  const fields = Object.fromEntries(filters.map((name) => [name, given[name] ?? '']))
  return {
    input: parsed.success ? parsed.data : null,
    // Made of the very names.
    fields: { ...fields, tab: parsed.success ? parsed.data.tab : 'new' } as QueueFields,
    isNarrowed: Object.values(fields).some((value) => value !== ''),
    isPaged: given.after !== undefined,
    href: hrefOf(given),
    isCanonical: sent.length === Object.keys(given).length,
  }
}

/** The URL of a tab with these filters, or of the page after a place in it. */
export function queueHref({ tab, ...kept }: QueueFields, after?: string): string {
  const set = Object.entries(kept).filter(([, value]) => value !== '')
  return hrefOf({
    ...(tab === 'new' ? {} : { tab }),
    ...Object.fromEntries(set),
    ...(after === undefined ? {} : { after }),
  })
}

function hrefOf(params: Record<string, string>): string {
  const search = new URLSearchParams(params).toString()
  return search === '' ? '/reports' : `/reports?${search}`
}
