'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import {
  approveBulkMuteAction,
  cancelBulkMuteAction,
  pauseBulkMuteAction,
  previewBulkMuteAgainAction,
  resumeBulkMuteAction,
  retryBulkMuteAction,
  startBulkMuteAction,
  undoBulkMuteAction,
} from '@/lib/bulk-mutes/actions'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { answerOf } from '@/lib/read'
import type { ActionError, ActionResult } from '@/lib/result'
import type { PartOfRun, RunRights } from './run-model'

/**
 * What can be done with a run. One command at a time; what the server answers becomes what is shown, and what it
 * refuses is kept for the page to tell.
 */
export function useRunCommands(bulkId: string) {
  const queryClient = useQueryClient()
  const router = useRouter()
  const [busy, setBusy] = useState<keyof RunRights | null>(null)
  const [error, setError] = useState<ActionError | null>(null)
  const isGiving = useRef(false)
  // Made once for each wish to undo: a second press is the same run.
  const undoKey = useRef(new Map<string, string>())

  /** Gives back the run as the server left it; null when it refused. */
  async function give(
    name: keyof RunRights,
    call: () => Promise<ActionResult<BulkMuteDto>>,
  ): Promise<BulkMuteDto | null> {
    if (isGiving.current) return null
    isGiving.current = true
    setBusy(name)
    setError(null)
    const result = await answerOf(call)
    if (result.ok) queryClient.setQueryData(bulkMuteQueries.one(result.data.id).queryKey, result.data)
    else setError(result.error)
    isGiving.current = false
    setBusy(null)
    void queryClient.invalidateQueries({ queryKey: bulkMuteQueries.all() })
    return result.ok ? result.data : null
  }

  return {
    busy,
    error,
    forget: () => setError(null),
    start: (token: string) => give('start', () => startBulkMuteAction({ bulkId, token })),
    approve: (token: string) => give('approve', () => approveBulkMuteAction({ bulkId, token })),
    previewAgain: () => give('previewAgain', () => previewBulkMuteAgainAction({ bulkId })),
    pause: () => give('pause', () => pauseBulkMuteAction({ bulkId })),
    resume: () => give('resume', () => resumeBulkMuteAction({ bulkId })),
    cancel: () => give('cancel', () => cancelBulkMuteAction({ bulkId })),
    retry: (part: PartOfRun | null) => give('retry', () => retryBulkMuteAction({ bulkId, ...part })),
    /** Makes the inverse run and goes to its preview. */
    async undo(part: PartOfRun | null) {
      const wish = JSON.stringify(part)
      const idempotencyKey = undoKey.current.get(wish) ?? crypto.randomUUID()
      undoKey.current.set(wish, idempotencyKey)
      const made = await give('undo', () => undoBulkMuteAction({ bulkId, idempotencyKey, ...part }))
      if (!made) return
      undoKey.current.delete(wish)
      router.push(`/bulk-mutes/${made.id}`)
    },
  }
}

export type RunCommands = ReturnType<typeof useRunCommands>
