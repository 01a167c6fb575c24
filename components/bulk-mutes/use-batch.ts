'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { createBulkMuteAction } from '@/lib/bulk-mutes/actions'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { answerOf } from '@/lib/read'
import type { ActionError, ActionResult } from '@/lib/result'
import type { Batch } from './collect-draft'
import type { CreateInput } from './collect-model'

/**
 * Makes the runs of a batch one after another, those that are there already left out, until one is refused. Each that is
 * there is told at once through `onBatch`.
 */
export function useBatch(onBatch: (batch: Batch) => void) {
  const queryClient = useQueryClient()
  const [isSending, setSending] = useState(false)
  const isUnderWay = useRef(false)

  async function make(batch: Batch, inputs: readonly CreateInput[]): Promise<MadeBatch> {
    if (isUnderWay.current) return { batch, error: null }
    isUnderWay.current = true
    setSending(true)
    try {
      return await makeAll(batch, inputs)
    } finally {
      isUnderWay.current = false
      setSending(false)
      void queryClient.invalidateQueries({ queryKey: bulkMuteQueries.all() })
    }
  }

  async function makeAll(first: Batch, inputs: readonly CreateInput[]): Promise<MadeBatch> {
    let batch = first
    // The keys are kept before anything is sent: after a reload the same runs are asked for, not new ones.
    onBatch(batch)
    for (const [index, input] of inputs.entries()) {
      const run = batch.runs[index]
      if (!run || run.bulkId !== null) continue
      const result = await createRun(input)
      if (!result.ok) return { batch, error: result.error }
      batch = { ...batch, runs: batch.runs.with(index, { ...run, bulkId: result.data.id }) }
      onBatch(batch)
    }
    return { batch, error: null }
  }

  return { isSending, make }
}

type MadeBatch = { batch: Batch; error: ActionError | null }

/** Makes a run. */
export async function createRun(input: CreateInput): Promise<ActionResult<BulkMuteDto>> {
  return answerOf(() => createBulkMuteAction(input))
}
