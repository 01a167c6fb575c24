import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ReadError } from '@/lib/read'
import type { TranscriptDto } from '@/lib/reports/case-schemas'
import { reportQueries } from '@/lib/reports/query-options'

/** The kept messages of a case: those that its screen begins with, and the pages after them that were asked for. */
export function useKept(caseId: string, first: TranscriptDto) {
  const [isAsked, setAsked] = useState(false)
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    ...reportQueries.kept(caseId, first.next ?? ''),
    enabled: isAsked && first.next !== null,
  })
  return {
    messages: [...first.messages, ...(data?.pages ?? []).flatMap(({ messages }) => messages)],
    hasMore: first.next !== null && (!data || hasNextPage),
    error: error instanceof ReadError ? error.error : null,
    isFetching,
    readMore() {
      if (data) void fetchNextPage()
      else if (isAsked) void refetch()
      else setAsked(true)
    },
  }
}
