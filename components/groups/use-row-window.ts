'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Every so many rows that are scrolled past, the rows in the document change. */
const step = 6

type RowWindow = {
  count: number
  /** of every row, px */
  rowHeight: number
  /** rows that are kept ready on either side of what is in sight */
  overscan: number
}

/**
 * Which rows of a long list belong into the document, `end` excluded: those in sight of what scrolls, and a few on
 * either side.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight, overscan }: RowWindow,
) {
  const [sight, setSight] = useState({ first: 0, last: 0 })
  const hasRows = count > 0
  useEffect(() => {
    const element = scroller.current
    if (!element || !hasRows) return
    function look({ scrollTop, clientHeight }: HTMLElement) {
      const rows = rowHeight * step
      const first = Math.floor(scrollTop / rows) * step
      const last = Math.ceil((scrollTop + clientHeight) / rows) * step
      setSight((before) => (before.first === first && before.last === last ? before : { first, last }))
    }
    const onChange = () => look(element)
    onChange()
    const watch = new ResizeObserver(onChange)
    watch.observe(element)
    element.addEventListener('scroll', onChange, { passive: true })
    return () => {
      watch.disconnect()
      element.removeEventListener('scroll', onChange)
    }
  }, [scroller, hasRows, rowHeight])
  return { start: Math.max(0, sight.first - overscan), end: Math.min(count, sight.last + overscan) }
}
