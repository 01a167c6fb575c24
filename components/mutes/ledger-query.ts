import { type LedgerPageDto, type ListInForceInput, listInForceSchema } from '@/lib/mutes/ledger-schemas'

export type SearchParams = Record<string, string | string[] | undefined>

const filters = ['connection', 'scope', 'groupId', 'actorId', 'category', 'cause', 'ends', 'drift'] as const
const paging = ['after', 'before'] as const

/** The filters as their fields show them; empty where one is not set. */
export type LedgerFields = Record<(typeof filters)[number], string>

export type LedgerQuery = {
  /** what to list; null when the URL asks for something that cannot be */
  input: ListInForceInput | null
  fields: LedgerFields
  /** whether the page is another than the first */
  isPaged: boolean
  /** the one URL that says the same, with nothing empty: to be redirected to when it is not this one */
  href: string
  isCanonical: boolean
}

/** Reads the ledger page's URL. */
export function readLedgerQuery(params: SearchParams): LedgerQuery {
  const given: Record<string, string> = {}
  for (const name of [...filters, ...paging]) {
    const value = params[name]
    if (typeof value === 'string' && value !== '') given[name] = value
  }
  const parsed = listInForceSchema.safeParse(given)
  const sent = Object.values(params).filter((value) => value !== undefined)
  const fields = Object.fromEntries(filters.map((name) => [name, given[name] ?? '']))
  return {
    input: parsed.success ? parsed.data : null,
    // Made of the very names.
    fields: fields as LedgerFields,
    isPaged: given.after !== undefined || given.before !== undefined,
    href: hrefOf('/mutes', given),
    isCanonical: sent.length === Object.keys(given).length,
  }
}

/** Where the pages beside this one are, null where there is none, and the file of all that the filters leave. */
export function ledgerLinks(
  { fields, isPaged }: Pick<LedgerQuery, 'fields' | 'isPaged'>,
  { next, previous }: Pick<LedgerPageDto, 'next' | 'previous'>,
): { first: string | null; previous: string | null; next: string | null; file: string } {
  const kept = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
  return {
    first: isPaged ? hrefOf('/mutes', kept) : null,
    previous: previous === null ? null : hrefOf('/mutes', { ...kept, before: previous }),
    next: next === null ? null : hrefOf('/mutes', { ...kept, after: next }),
    file: hrefOf('/api/mutes/export', kept),
  }
}

function hrefOf(path: string, params: Record<string, string>): string {
  const search = new URLSearchParams(params).toString()
  return search === '' ? path : `${path}?${search}`
}
