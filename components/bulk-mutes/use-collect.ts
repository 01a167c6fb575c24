'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { useEndWords } from '@/components/mutes/words'
import { useServerNow } from '@/components/ui/clock'
import { leavesOpen } from '@/lib/errors'
import { groupQueries } from '@/lib/groups/query-options'
import type { GlobalScope, ProviderName } from '@/lib/provider/port'
import type { ActionError } from '@/lib/result'
import type { MutePreset } from '@/lib/settings/rules'
import type { Batch, CollectDraft, IdList } from './collect-draft'
import { collect, entriesOfText, runsOf } from './collect-ids'
import { batchOf, type CollectFields, check, inputOf, reasonsFor, refusedFields } from './collect-model'
import { draftOf, firstDraft } from './first-draft'
import { useBatch } from './use-batch'
import { useDraft } from './use-draft'
import { useReasonTemplate } from './use-reason-template'

/** A connection as the form offers it; `scopes`: the mutes of whole accounts that its provider has. */
export type CollectConnection = {
  key: string
  name: string
  provider: ProviderName
  scopes: readonly GlobalScope[]
}

export type CollectProps = {
  actorId: string
  connections: readonly CollectConnection[]
  presets: readonly MutePreset[]
  /** when the page was made, epoch ms */
  serverNow: number
}

/** What the form holds by now, what is wrong with it, and the making of its runs. */
export function useCollect({ actorId, connections, presets, serverNow }: CollectProps) {
  const template = useReasonTemplate()
  const words = useEndWords()
  const now = useServerNow(serverNow)
  const router = useRouter()
  const { draft, setDraft, keepNow, forget } = useDraft(actorId, () =>
    firstDraft(actorId, presets, connections),
  )
  const [isTried, setTried] = useState(false)
  const [refused, setRefused] = useState<CollectFields>({})
  const [error, setError] = useState<ActionError | null>(null)

  const { lists, text, place } = draft
  // Thousands of lines, and the form is drawn anew each second.
  const typed = useMemo(() => entriesOfText(text), [text])
  const collected = useMemo(() => collect([typed, ...lists.map(({ entries }) => entries)]), [typed, lists])
  const connection = connections.find(({ key }) => key === draft.connection)
  const group = useQuery({
    ...groupQueries.view({ connection: draft.connection, groupId: place.groupId }),
    enabled: place.in === 'group' && place.groupId !== '',
  })
  const view = place.in === 'group' && place.groupId !== '' ? group.data : undefined
  const maxSeconds = view?.can?.memberMute?.maxSeconds ?? null
  const isGroupPossible = view?.exists !== false && view?.can?.memberMute !== null
  const limits = { scopes: connection?.scopes ?? [], isGroupPossible }

  const categories = reasonsFor(draft)
  const { category: chosen, isReasonEdited } = draft.form
  const category = chosen && categories.includes(chosen) ? chosen : null
  // A batch goes on as it was begun: the same key with another text would be refused.
  const reasonText =
    isReasonEdited || draft.batch
      ? draft.form.reasonText
      : template(draft.kind, { ...draft.form, category }, now)
  const filled: CollectDraft = { ...draft, form: { ...draft.form, category, reasonText } }
  const checked = check(filled, collected.ids, limits, words.timeZone, now)
  const isReady = Object.keys(checked.fields).length === 0
  // What is missing is said once it was tried to send, what is wrong at once.
  const faults = Object.entries(checked.fields).filter(([, code]) => isTried || code !== 'required')
  const fields: CollectFields = { ...refused, ...Object.fromEntries(faults) }
  const { isSending, make } = useBatch((batch) => {
    keepNow({ ...filled, batch })
    setDraft({ ...filled, batch })
  })

  function change(next: Partial<CollectDraft>) {
    setRefused({})
    setError(null)
    setDraft({ ...draft, batch: null, ...next })
  }

  /** Adds lists; others may have come while these were read. */
  function addLists(more: readonly IdList[]) {
    setDraft((present) => ({ ...present, batch: null, lists: [...present.lists, ...more] }))
  }

  /**
   * Makes the runs, or those that are still missing, or shows what is wrong. False: nothing was sent because of the
   * form.
   */
  async function submit(): Promise<boolean> {
    setTried(true)
    const { reason } = checked
    if (reason === null || (!isReady && draft.batch === null)) return false
    setRefused({})
    setError(null)
    const batch = draft.batch ?? batchOf(collected.ids, checked.end, now)
    const inputs = runsOf(collected.ids).map((userIds, index) =>
      inputOf(filled, reason, limits.scopes, batch.end, { key: batch.runs[index]?.key ?? '', userIds }),
    )
    conclude(await make(batch, inputs))
    return true
  }

  function conclude({ batch, error: failure }: Awaited<ReturnType<typeof make>>) {
    if (failure) return fail(failure, batch)
    const [only, ...others] = batch.runs
    // Several are shown here, with the way to each.
    if (!only?.bulkId || others.length > 0) return
    forget()
    router.push(`/bulk-mutes/${only.bulkId}`)
  }

  function fail(failure: ActionError, batch: Batch) {
    const placed = failure.code === 'INVALID_INPUT' ? refusedFields(failure.fields ?? {}, draft.form) : {}
    const isNone = batch.runs.every(({ bulkId }) => bulkId === null)
    setRefused(placed)
    // Once there is a run, the fields are no longer in sight.
    if (Object.keys(placed).length === 0 || !isNone) setError(failure)
    // What was refused was not made, and what is sent next is something else; only without an answer it may be there.
    if (isNone && !leavesOpen(failure.code)) setDraft({ ...filled, batch: null })
  }

  return {
    now,
    draft: filled,
    change,
    addLists,
    collected,
    connection,
    limits,
    group,
    presets,
    /** how long the provider holds a mute there at once */
    held: maxSeconds === null ? undefined : { maxSeconds, hasEnds: true },
    end: checked.end,
    categories,
    fields,
    error,
    isSending,
    submit,
    /** An empty form for the next list. */
    clear() {
      setTried(false)
      setError(null)
      setDraft(draftOf(null, presets, connections))
    },
  }
}

export type Collect = ReturnType<typeof useCollect>
