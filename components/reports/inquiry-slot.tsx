'use client'

import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { inquiries } from '@/lib/reports/inquiry-query'

/** Loaded only by those who have a case in hand. */
const InquiryBar = lazy(async () => ({ default: (await import('./inquiry-bar')).InquiryBar }))

/** In the frame of every page: what the moderator has in hand, if anything. */
export function InquirySlot() {
  const { data } = useQuery(inquiries())
  const [one, ...others] = data?.cases ?? []
  if (!data || !one) return null
  return (
    <Suspense>
      <InquiryBar key={one.id} one={one} more={others.length} serverNow={data.serverNow} />
    </Suspense>
  )
}
