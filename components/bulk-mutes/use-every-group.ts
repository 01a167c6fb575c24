'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import type { ComposerForm, ComposerMode } from '@/components/mutes/composer-form'
import {
  type ComposerFields,
  categoriesFor,
  endOf,
  reasonOf,
  serverFields,
} from '@/components/mutes/composer-model'
import { useEndWords } from '@/components/mutes/words'
import { useServerNow } from '@/components/ui/clock'
import type { AccountKey } from '@/lib/accounts/schemas'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import type { ActionError } from '@/lib/result'
import { createRun } from './use-batch'
import { useReasonTemplate } from './use-reason-template'

type EveryGroupWish = { account: AccountKey; mode: ComposerMode; form: ComposerForm; serverNow: number }

/** The form about one account in each of its groups: what it comes to, what is wrong with it, and the making of its run. */
export function useEveryGroup({ account, mode, form, serverNow }: EveryGroupWish) {
  const words = useEndWords()
  const template = useReasonTemplate()
  const now = useServerNow(serverNow)
  const router = useRouter()
  const queryClient = useQueryClient()
  const [mayShorten, setMayShorten] = useState(false)
  const [isTried, setTried] = useState(false)
  const [isSending, setSending] = useState(false)
  const [refused, setRefused] = useState<ComposerFields>({})
  const [error, setError] = useState<ActionError | null>(null)
  const isUnderWay = useRef(false)
  // Made once for each wish: sent a second time it is the same run.
  const keys = useRef(new Map<string, string>())

  const categories = categoriesFor(mode, mayShorten)
  const category = form.category && categories.includes(form.category) ? form.category : null
  const chosen = { ...form, category }
  const filled = {
    ...chosen,
    reasonText: form.isReasonEdited ? form.reasonText : template(mode, chosen, now),
  }
  const resolved = mode === 'mute' ? endOf(filled, words.timeZone, now) : null
  const reason = reasonOf(filled)
  const faults: ComposerFields = {
    ...(resolved && !resolved.ok && { [resolved.field]: resolved.error }),
    ...(!reason.ok && reason.fields),
  }
  // What is missing is said once it was tried to send, what is wrong at once.
  const told = Object.entries(faults).filter(([, code]) => isTried || code !== 'required')
  const fields: ComposerFields = { ...refused, ...Object.fromEntries(told) }

  function wish() {
    if (!reason.ok || (resolved && !resolved.ok)) return null
    const { connection, userId } = account
    const target = { connection, userIds: [userId], everyGroup: true as const, reason: reason.reason }
    return resolved
      ? { kind: 'mute' as const, ...target, end: resolved.end, mayShorten }
      : { kind: 'lift' as const, ...target }
  }

  /** Makes the run and goes to its preview, or shows what is wrong. False: nothing was sent because of the form. */
  async function submit(): Promise<boolean> {
    setTried(true)
    const input = wish()
    if (!input) return false
    if (isUnderWay.current) return true
    isUnderWay.current = true
    setSending(true)
    setError(null)
    setRefused({})
    const named = JSON.stringify(input)
    const idempotencyKey = keys.current.get(named) ?? crypto.randomUUID()
    keys.current.set(named, idempotencyKey)
    const result = await createRun({ ...input, idempotencyKey })
    isUnderWay.current = false
    setSending(false)
    if (result.ok) {
      void queryClient.invalidateQueries({ queryKey: bulkMuteQueries.all() })
      router.push(`/bulk-mutes/${result.data.id}`)
      return true
    }
    const placed = result.error.code === 'INVALID_INPUT' ? serverFields(result.error.fields ?? {}, form) : {}
    setRefused(placed)
    if (Object.keys(placed).length === 0) setError(result.error)
    return true
  }

  return {
    now,
    form: filled,
    mayShorten,
    setMayShorten,
    categories,
    fields,
    error,
    isSending,
    submit,
    /** null: a lift, or not an end */
    end: resolved?.ok ? resolved.end : null,
  }
}
