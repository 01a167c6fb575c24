'use client'

import { type RefObject, useEffect, useState } from 'react'

/** How far from being seen it may be: what is loaded then is there about when it is seen. */
const margin = '100px'

/** Whether the element has been in sight, or nearly, since the page came alive. */
export function useNear(place: RefObject<Element | null>): boolean {
  const [wasNear, setNear] = useState(false)
  useEffect(() => {
    if (wasNear || !place.current) return
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.some((one) => one.isIntersecting)),
      {
        rootMargin: margin,
      },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [wasNear, place])
  return wasNear
}
