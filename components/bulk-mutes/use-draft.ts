'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { type CollectDraft, keepDraft } from './collect-draft'

const keepAfterMs = 300

/** The form's contents, kept for this tab while they are put in: a reload loses nothing. `forget` ends that. */
export function useDraft(actorId: string, first: () => CollectDraft) {
  const [draft, setDraft] = useState(first)
  const [isKept, setKept] = useState(true)
  const onLeave = useEffectEvent(() => {
    if (isKept) keepDraft(actorId, draft)
  })
  useEffect(() => {
    if (!isKept) return
    const timer = setTimeout(() => keepDraft(actorId, draft), keepAfterMs)
    return () => clearTimeout(timer)
  }, [actorId, draft, isKept])
  useEffect(() => {
    const onHide = () => onLeave()
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [])

  return {
    draft,
    setDraft,
    keepNow: (next: CollectDraft) => keepDraft(actorId, next),
    forget() {
      setKept(false)
      keepDraft(actorId, null)
    },
  }
}
