'use client'

import { useQuery } from '@tanstack/react-query'
import { Eye, Hand, Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use } from 'react'
import { Badge } from '@/components/ui/badge'
import { safePlain } from '@/components/ui/safe-text'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { caseStands } from '@/lib/reports/live-queries'
import type { CaseStandDto } from '@/lib/reports/live-schemas'
import { NeedsLead } from './needs-lead'
import { RestWords } from './rest-words'

const StandsContext = createContext<readonly CaseStandDto[]>([])

/** Knows where the cases of the page stand now, while their rows stay where they are. */
export function QueueStands({ caseIds, children }: { caseIds: readonly string[]; children: ReactNode }) {
  const { data } = useQuery(caseStands(caseIds))
  return <StandsContext value={data?.stands ?? []}>{children}</StandsContext>
}

/** Who looks at a case of the queue, works on it or waits for it, as it is now; what has changed since stands out. */
export function RowStand({ one, serverNow }: { one: CaseDto; serverNow: number }) {
  const t = useTranslations('reports.queue')
  // The row may be newer than what was read before it.
  const now = use(StandsContext).find(({ id, version }) => id === one.id && version >= one.version)
  const { status, claim, held, needsLead, closedBy } = now ?? one
  // Whoever works on it looks at it: that is told once.
  const [first, ...more] = now?.viewers.filter(({ hasClaim }) => !hasClaim) ?? []
  const hasMoved = status !== one.status
  const isClosedSince = hasMoved && (status === 'closed' || status === 'merged')
  return (
    <div
      data-moved={hasMoved || undefined}
      className="flex flex-wrap items-start gap-1 empty:hidden md:flex-col"
    >
      {needsLead && <NeedsLead />}
      {claim && (
        <Badge tone={claim.isLive ? 'info' : 'neutral'} icon={<Hand aria-hidden />} data-claim>
          {claimWords(claim, t)}
        </Badge>
      )}
      {held && (
        <Badge icon={<Hourglass aria-hidden />}>
          <RestWords
            path={held.isForYou ? 'heldForYou' : held.for ? 'heldFor' : 'held'}
            name={held.for ?? ''}
            until={held.until}
            serverNow={serverNow}
          />
        </Badge>
      )}
      {isClosedSince && (
        <Badge>{closedBy ? t('closed', { name: safePlain(closedBy, 40) }) : t('closedBySystem')}</Badge>
      )}
      {first && (
        <Badge icon={<Eye aria-hidden />} data-viewers>
          {t('viewers', { name: safePlain(first.name, 40), more: more.length })}
        </Badge>
      )}
    </div>
  )
}

type QueueWords = ReturnType<typeof useTranslations<'reports.queue'>>

function claimWords({ by, isYours, isLive }: NonNullable<CaseDto['claim']>, t: QueueWords): string {
  if (!isLive) return t('lapsed', { name: safePlain(by, 40) })
  return isYours ? t('yours') : t('claimed', { name: safePlain(by, 40) })
}
