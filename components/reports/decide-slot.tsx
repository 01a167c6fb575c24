'use client'

import { lazy, Suspense } from 'react'
import { Skeleton } from '@/components/ui/skeleton'

const DecidePanel = lazy(async () => ({ default: (await import('./decide/decide-panel')).DecidePanel }))

type DecideSlotProps = {
  caseId: string
  version: number
  /** under which this tab has the case; null: it has not */
  claimToken: string | null
}

/** Where a case is decided, below everything that is known of it. Loaded by itself: reading a case does not wait for it. */
export function DecideSlot({ caseId, version, claimToken }: DecideSlotProps) {
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <DecidePanel caseId={caseId} version={version} claimToken={claimToken ?? undefined} />
    </Suspense>
  )
}
