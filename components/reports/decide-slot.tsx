'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { DecideHolder } from './decide-holder'
import type { CaseCommands } from './use-case-commands'
import { standOf } from './work-stand'

const DecidePanel = lazy(async () => ({ default: (await import('./decide/decide-panel')).DecidePanel }))

type DecideSlotProps = {
  one: CaseDto
  serverNow: number
  canWork: boolean
  /** false: it was passed to the leads, and whoever looks is none */
  isInReach: boolean
  commands: CaseCommands
}

/** Where a case is decided, below everything that is known of it. Loaded by itself: reading a case does not wait for it. */
export function DecideSlot({ one, serverNow, canWork, isInReach, commands }: DecideSlotProps) {
  const t = useTranslations('reports.case.work')
  // Only the browser knows whose tab it is: until then it is taken for the one that has the claim.
  const isHydrated = useHydrated()
  const stand = standOf(one, commands.token !== null || !isHydrated)
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <DecidePanel
        caseId={one.id}
        version={one.version}
        claimToken={commands.token ?? undefined}
        holder={
          isInReach ? (
            stand.isElsewhere && (
              <DecideHolder stand={stand} serverNow={serverNow} canWork={canWork} commands={commands} />
            )
          ) : (
            <p className="text-muted">{t('leadsOnly')}</p>
          )
        }
      />
    </Suspense>
  )
}
