import { maxBulkItems } from '@/lib/bulk-mutes/rules'
import { read } from '@/lib/read'
import type { CasesDto } from '@/lib/reports/case-schemas'
import { casesToMute, type QueueCase } from './queue-cases'
import type { QueueFields } from './queue-href'

/** A view may be full of cases that no run may be made for: no more pages are read than these. */
const maxPages = 40

/** `hasMore`: the view has more of them than one run takes, or than were looked for. */
export type ViewCases = { cases: QueueCase[]; hasMore: boolean }

/**
 * The cases of a view that a bulk mute may be made for, in the queue's order, page by page. Throws `ReadError`, or the
 * signal's reason.
 */
export async function readView(fields: QueueFields, signal?: AbortSignal): Promise<ViewCases> {
  const found = new Map<string, QueueCase>()
  let after: string | undefined
  let pages = 0
  do {
    const page: CasesDto = await read<CasesDto>('/api/reports', { ...fields, after }, signal)
    // The queue moves meanwhile: a case may come twice.
    for (const one of casesToMute(page.cases)) found.set(one.id, one)
    after = page.next ?? undefined
    pages += 1
  } while (after !== undefined && found.size < maxBulkItems && pages < maxPages)
  const cases = [...found.values()]
  return {
    cases: cases.slice(0, maxBulkItems),
    hasMore: after !== undefined || cases.length > maxBulkItems,
  }
}
