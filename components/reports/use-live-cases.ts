'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { toldBy } from '@/lib/reports/live-queries'
import type { CaseNews } from '@/lib/reports/live-schemas'

/** So long a stream may be gone before that is said, in ms: one that ends is asked for anew soon. */
const saidAfterMs = 5_000
/** A stream that was refused is asked for again so much later, in ms. */
const refusedMs = 15_000

/**
 * Reads anew what the server says has changed: the queue, and the case that is shown. Only while the tab is seen: a
 * browser keeps six connections to a server, for all its tabs. Not while a command of the page's own on the case is on
 * its way (`isBusy`), which reads everything anew itself: what it does would be taken for a colleague's. Answers whether
 * nothing is told at present; what is shown then is as old as the last regular look.
 */
export function useLiveCases(caseId: string | undefined, isBusy: boolean): boolean {
  const queryClient = useQueryClient()
  const [isPaused, setPaused] = useState(false)
  const readAnew = useEffectEvent((word: CaseNews) => {
    if (word === 'case' && isBusy) return
    for (const queryKey of toldBy(word, caseId)) void queryClient.invalidateQueries({ queryKey })
  })
  useEffect(() => {
    let source: EventSource | undefined
    let saying: ReturnType<typeof setTimeout> | undefined
    let trying: ReturnType<typeof setTimeout> | undefined
    let hasMissed = false

    function open(): void {
      source = new EventSource(`/api/reports/live${caseId === undefined ? '' : `?caseId=${caseId}`}`)
      source.onopen = () => {
        clearTimeout(saying)
        saying = undefined
        setPaused(false)
        if (hasMissed) for (const word of ['queue', 'case'] as const) readAnew(word)
        hasMissed = false
      }
      source.onmessage = ({ data }) => {
        if (data === 'queue' || data === 'case') readAnew(data)
      }
      source.onerror = () => {
        hasMissed = true
        saying ??= setTimeout(() => setPaused(true), saidAfterMs)
        if (source?.readyState === EventSource.CLOSED) trying = setTimeout(open, refusedMs)
      }
    }

    function close(): void {
      clearTimeout(saying)
      clearTimeout(trying)
      saying = undefined
      hasMissed = true
      source?.close()
    }

    function follow(): void {
      close()
      if (document.visibilityState === 'visible') open()
    }

    follow()
    hasMissed = false
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      close()
    }
  }, [caseId])
  return isPaused
}
