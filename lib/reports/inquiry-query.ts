import { queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import type { InquiryDto } from './case-schemas'

/** Under which everything about reports is kept. */
export const reportsKey = ['reports'] as const

/** What the moderator has in hand; apart from the other reads, since every page carries it. */
export function inquiries() {
  return queryOptions({
    queryKey: [...reportsKey, 'inquiries'],
    queryFn: ({ signal }) => read<InquiryDto>('/api/reports/mine', {}, signal),
    refetchInterval: 30_000,
    staleTime: 5_000,
  })
}
