'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye, PenLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Badge } from '@/components/ui/badge'
import { safePlain } from '@/components/ui/safe-text'
import { seeCaseAction } from '@/lib/reports/actions'
import { caseStands } from '@/lib/reports/live-queries'
import { reportQueries } from '@/lib/reports/query-options'
import { presenceMs } from '@/lib/reports/queue-rules'

type CaseViewersProps = { caseId: string; version: number; isTyping: boolean }

/** Who else looks at the case or writes about it. Saying so tells this tab when the case has changed. */
export function CaseViewers({ caseId, version, isTyping }: CaseViewersProps) {
  const t = useTranslations('reports.case.viewers')
  const queryClient = useQueryClient()
  const looked = useQuery({
    // Apart from what a command reads anew, and from what news has read anew: it writes.
    queryKey: ['case-viewers', caseId, isTyping],
    queryFn: async () => {
      const result = await seeCaseAction({ caseId, isTyping })
      return result.ok ? result.data : null
    },
    refetchInterval: presenceMs,
    placeholderData: (before) => before,
  })
  // Read anew when the server tells of others; the next look is as good.
  const told = useQuery({ ...caseStands([caseId]), refetchInterval: false })
  const { data } = looked
  const viewers =
    (told.dataUpdatedAt > looked.dataUpdatedAt ? told.data?.stands[0]?.viewers : data?.viewers) ?? []
  const seen = data?.version ?? version
  useEffect(() => {
    if (seen > version) void queryClient.invalidateQueries({ queryKey: reportQueries.one(caseId).queryKey })
  }, [seen, version, caseId, queryClient])
  return (
    <div role="status" className="flex flex-wrap gap-1 empty:hidden">
      {viewers.map(({ id, name, isTyping: writes }) => (
        <Badge key={id} tone="info" icon={writes ? <PenLine aria-hidden /> : <Eye aria-hidden />}>
          {t(writes ? 'typing' : 'one', { name: safePlain(name, 40) })}
        </Badge>
      ))}
    </div>
  )
}
