'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useRef } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Skeleton } from '@/components/ui/skeleton'
import { useHydrated } from '@/components/ui/use-hydrated'
import { useNear } from '@/components/ui/use-near'
import type { CaseDto } from '@/lib/reports/case-schemas'
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

/**
 * Where a case is decided, below everything that is known of it. Its form is loaded when it is needed: when it is about to
 * be seen, when the case is in this tab's hands, or when the key for it is pressed.
 */
export function DecideSlot({ one, serverNow, canWork, isInReach, commands }: DecideSlotProps) {
  const keys = useTranslations('reports.case.keys')
  const decide = useTranslations('reports.decide')
  // Only the browser knows whose tab it is: until then it is taken for the one that has the claim.
  const isHydrated = useHydrated()
  const stand = standOf(one, commands.token !== null || !isHydrated)
  const place = useRef<HTMLElement>(null)
  const isNear = useNear(place)
  const isWanted = isNear || stand.kind === 'ended' || (stand.isYours && isHydrated)
  useShortcut({
    key: 'd',
    label: keys('decide'),
    run: () => place.current?.focus(),
  })
  return (
    <section
      ref={place}
      aria-labelledby="decide"
      tabIndex={-1}
      className="flex scroll-mt-28 flex-col gap-3 rounded-panel border border-line bg-surface p-4"
    >
      <h2 id="decide" className="text-lg">
        {decide('title')}
      </h2>
      {isWanted ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <DecidePanel
            caseId={one.id}
            version={commands.write.version}
            claimToken={commands.write.claimToken ?? undefined}
            isInReach={isInReach}
            elsewhere={stand.isElsewhere ? { stand, serverNow, canWork, commands } : null}
          />
        </Suspense>
      ) : (
        <Skeleton lines={6} />
      )}
    </section>
  )
}
