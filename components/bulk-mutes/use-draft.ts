'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { type CollectDraft, keepDraft } from './collect-draft'

const keepAfterMs = 300

/** The form's contents, kept for this tab while they are put in: a reload loses nothing. `forget` ends that. */
export function useDraft(actorId: string, first: () => CollectDraft) {
  const [draft, setDraft] = useState(first)
  // Holds at once: a timer that has run out must not wait for the next drawing to learn of it.
  const isForgotten = useRef(false)
  const keep = useEffectEvent((present: CollectDraft = draft) => {
    if (!isForgotten.current) keepDraft(actorId, present)
  })
  useEffect(() => {
    const timer = setTimeout(() => keep(draft), keepAfterMs)
    return () => clearTimeout(timer)
  }, [draft])
  useEffect(() => {
    const onHide = () => keep()
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [])

  return {
    draft,
    setDraft,
    keepNow: (next: CollectDraft) => keepDraft(actorId, next),
    forget() {
      isForgotten.current = true
      keepDraft(actorId, null)
    },
  }
}
