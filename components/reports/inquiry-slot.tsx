'use client'

import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { inquiries } from '@/lib/reports/inquiry-query'

/** Loaded only by those who have a case in hand, or while an urgent one waits. */
const UrgentBar = lazy(async () => ({ default: (await import('./urgent-bar')).UrgentBar }))
const InquiryBar = lazy(async () => ({ default: (await import('./inquiry-bar')).InquiryBar }))

/** In the frame of every page: what is urgent and waits, and what the moderator has in hand, if anything. */
export function InquirySlot() {
  const { data } = useQuery(inquiries())
  if (!data) return null
  const [one, ...others] = data.cases
  return (
    <Suspense>
      {/* There before there is anything to say, so that what comes is read out. */}
      <div role="status">{data.urgent && <UrgentBar {...data.urgent} />}</div>
      {one && <InquiryBar key={one.id} one={one} more={others.length} serverNow={data.serverNow} />}
    </Suspense>
  )
}
