'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answerOf } from '@/lib/read'
import { recheckEvidenceAction } from '@/lib/reports/actions'
import { reportQueries } from '@/lib/reports/query-options'

/** Has the kept messages looked for at the provider when a case is opened; those that are gone since are marked then. */
export function RecheckEvidence({ caseId }: { caseId: string }) {
  const queryClient = useQueryClient()
  const { data } = useQuery({
    // Apart from what a command reads anew: it asks the provider.
    queryKey: ['case-evidence', caseId],
    queryFn: async () => {
      const result = await answerOf(() => recheckEvidenceAction({ caseId }))
      return result.ok ? result.data : null
    },
    staleTime: 60_000,
  })
  const gone = data?.gone.length ?? 0
  useEffect(() => {
    if (gone > 0) void queryClient.invalidateQueries({ queryKey: reportQueries.one(caseId).queryKey })
  }, [gone, caseId, queryClient])
  return null
}
