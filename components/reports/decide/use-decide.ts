'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useServerNow } from '@/components/ui/clock'
import { answerOf } from '@/lib/read'
import { decideCaseAction } from '@/lib/reports/actions'
import type { DecisionBasisDto, DecisionDto } from '@/lib/reports/decision-dtos'
import { decisionQueries } from '@/lib/reports/decision-queries'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { ActionError } from '@/lib/result'
import { dropClaim } from '../claim-store'
import { keepForm, keptForm } from './decide-draft'
import { type DecideForm, decisionInput, missing, previewInput, resolved } from './decide-model'

export type DecideCase = { caseId: string; version: number; claimToken?: string | undefined }

/**
 * The two questions of a decision, what they come to, and their sending. What was typed stays, whatever happens.
 * `onDecided` is called when it is on record, with what has become of it so far.
 */
export function useDecide(
  { version, claimToken }: DecideCase,
  basis: DecisionBasisDto,
  onDecided: (decision: DecisionDto) => Promise<void>,
) {
  const now = useServerNow(basis.serverNow)
  const queries = useQueryClient()
  const router = useRouter()
  const { caseId } = basis
  const [form, setForm] = useState<DecideForm>(() => keptForm(caseId))
  const [isTried, setTried] = useState(false)
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<ActionError>()
  /** what was sent last and its key: the same again is the same decision */
  const last = useRef<{ wish: string; key: string }>(undefined)
  const isUnderWay = useRef(false)

  const asked = previewInput(form, basis, now)
  const preview = useQuery({
    ...decisionQueries.preview(asked ?? neverAsked),
    enabled: asked !== null,
  })
  const faults = missing(form, basis, now)
  useEffect(() => keepForm(caseId, form), [caseId, form])

  function keyFor(wish: string): string {
    if (last.current?.wish !== wish) last.current = { wish, key: crypto.randomUUID() }
    return last.current.key
  }

  /** `seen`: the case's version that was looked at. */
  async function submit(seen = version) {
    setTried(true)
    if (isUnderWay.current || Object.keys(faults).length > 0) return
    const key = keyFor(JSON.stringify([form, seen]))
    const input = decisionInput(form, basis, { key, version: seen, claimToken, now })
    if (!input) return
    isUnderWay.current = true
    setSending(true)
    setError(undefined)
    try {
      const result = await answerOf(() => decideCaseAction(input))
      if (!result.ok) setError(result.error)
      else {
        setTried(false)
        keepForm(caseId, null)
      }
      if (result.ok || result.error.code === 'CLAIM_LOST') dropClaim(caseId)
      await queries.invalidateQueries({ queryKey: reportsKey })
      router.refresh()
      if (result.ok) await onDecided(result.data)
    } finally {
      isUnderWay.current = false
      setSending(false)
    }
  }

  return {
    now,
    form,
    change: (next: Partial<DecideForm>) => setForm((before) => ({ ...before, ...next })),
    resolved: resolved(form, basis, now),
    faults: isTried ? faults : {},
    needsOverride: 'overrideReason' in faults || form.overrideReason !== '',
    preview: asked ? preview.data : undefined,
    /** the form has changed and what would happen is not known yet */
    isPreviewing: asked !== null && preview.isPending,
    isSending,
    error,
    submit,
    /** sends the same over what somebody changed meanwhile */
    submitAnyway: () => submit(basis.version),
  }
}

const neverAsked = {
  caseId: '',
  verdict: 'valid' as const,
  actions: [],
  notify: { accused: null, reporters: false },
  closeWith: [],
}

export type Decide = ReturnType<typeof useDecide>
