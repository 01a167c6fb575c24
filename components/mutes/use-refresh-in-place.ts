'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'

const rows = () => [...document.querySelectorAll('tr[data-select]')]

/**
 * Reads the list anew after something was done about one of its rows. Whose focus was on what is gone by then goes on
 * with the row that stands in its place.
 */
export function useRefreshInPlace(): (row: Element) => void {
  const router = useRouter()
  const [isRefreshing, startRefresh] = useTransition()
  const place = useRef<number | null>(null)
  useEffect(() => {
    if (isRefreshing || place.current === null) return
    const next = rows().at(place.current) ?? rows().at(-1)
    place.current = null
    if (document.activeElement === document.body) next?.querySelector('a')?.focus()
  }, [isRefreshing])
  return (row) => {
    place.current = rows().indexOf(row)
    startRefresh(() => router.refresh())
  }
}
