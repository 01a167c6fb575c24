'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from '@/components/ui/toast-store'
import type { ActionError, ActionResult } from '@/lib/result'

type Options<Draft> = {
  /** what is saved now, as it would be typed */
  saved: Draft
  version: number
  /** undefined: what was typed is not right, and the form says what is wrong */
  send(draft: Draft, version: number): Promise<ActionResult<{ version: number }>> | undefined
  /** what is said when it is saved */
  told: { title: string; description: string }
  /** the draft as it reads once it is saved, where that is not as it was typed */
  settle?(draft: Draft): Draft
  /** what of a draft somebody typed, where it is not all of it */
  typed?(draft: Draft): unknown
}

/** What the frame of a form needs of it. */
export type SettingFormState = {
  isDirty: boolean
  isSaving: boolean
  problem: ActionError | undefined
  save(): void
  /** over what somebody else saved meanwhile */
  keepMine(): void
  takeSaved(): void
}

/** A setting that several people may be changing: each change is decided on the version that was seen. */
export function useSettingForm<Draft>({ saved, version, send, told, settle, typed }: Options<Draft>) {
  const router = useRouter()
  const [draft, setDraft] = useState(saved)
  /** what the draft was begun from */
  const [basis, setBasis] = useState({ draft: saved, version })
  const [isChecked, setChecked] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<ActionError>()
  const textOf = (one: Draft) => JSON.stringify(typed ? typed(one) : one)
  const isDirty = textOf(draft) !== textOf(saved)
  // Saved elsewhere, or set back, while nothing was typed here: nobody's work is lost.
  if (version > basis.version && !isSaving && !problem && (!isDirty || textOf(draft) === textOf(basis.draft)))
    takeSaved()

  function takeSaved() {
    setDraft(saved)
    setBasis({ draft: saved, version })
    setProblem(undefined)
    setChecked(false)
  }

  async function saveOver(seen: number) {
    setChecked(true)
    const sending = isSaving ? undefined : send(draft, seen)
    if (!sending) return
    setSaving(true)
    setProblem(undefined)
    const result = await sending
    setSaving(false)
    // What is saved now, by whomever, comes with the page.
    router.refresh()
    if (!result.ok) return setProblem(result.error)
    const settled = settle ? settle(draft) : draft
    setBasis({ draft: settled, version: result.data.version })
    if (settle) setDraft(settle)
    setChecked(false)
    toast({ tone: 'success', ...told })
  }

  return {
    draft,
    setDraft,
    isDirty,
    isSaving,
    /** whether mistakes are shown: from the first try to save on */
    isChecked,
    problem,
    save: () => void saveOver(basis.version),
    keepMine: () => void saveOver(version),
    takeSaved,
  }
}
