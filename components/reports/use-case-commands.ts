'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { answerOf } from '@/lib/read'
import {
  claimCaseAction,
  escalateCaseAction,
  handOverCaseAction,
  holdCaseAction,
  releaseClaimAction,
  sendBackCaseAction,
  triageCaseAction,
  writeNoteAction,
} from '@/lib/reports/actions'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { ReportCategory } from '@/lib/reports/rules'
import type { ActionError, ActionResult } from '@/lib/result'
import { dropClaim, keepClaim, useClaimToken } from './claim-store'

export type CaseCommand =
  | 'claim'
  | 'release'
  | 'hold'
  | 'handOver'
  | 'escalate'
  | 'sendBack'
  | 'triage'
  | 'note'

/**
 * What can be done with a case. One command at a time, each at the version that is shown; what the server refuses is kept
 * for the page to tell, and the case is read anew, so that the same press then means what is seen.
 */
export function useCaseCommands({ id, version, claim }: CaseDto) {
  const queryClient = useQueryClient()
  const kept = useClaimToken(id)
  const [busy, setBusy] = useState<CaseCommand | null>(null)
  const [refusal, setRefusal] = useState<{ command: CaseCommand; error: ActionError } | null>(null)
  const isGiving = useRef(false)
  const token = claim?.isYours && claim.isLive ? kept : null

  async function give<Data>(
    command: CaseCommand,
    call: () => Promise<ActionResult<Data>>,
  ): Promise<Data | null> {
    if (isGiving.current) return null
    isGiving.current = true
    setBusy(command)
    setRefusal(null)
    const result = await answerOf(call)
    if (!result.ok) {
      setRefusal({ command, error: result.error })
      if (result.error.code === 'CLAIM_LOST') dropClaim(id)
    }
    isGiving.current = false
    setBusy(null)
    await queryClient.invalidateQueries({ queryKey: reportsKey })
    return result.ok ? result.data : null
  }

  const write = { caseId: id, version, ...(token !== null && { claimToken: token }) }
  /** Ends this tab's claim with what ends it at the server. */
  async function leave<Data>(
    command: CaseCommand,
    call: () => Promise<ActionResult<Data>>,
  ): Promise<boolean> {
    const isDone = (await give(command, call)) !== null
    if (isDone) dropClaim(id)
    return isDone
  }

  return {
    busy,
    refusal,
    /** under which this tab has the case; null: it has not */
    token,
    forget: () => setRefusal(null),
    async claim(takeOver: boolean): Promise<boolean> {
      const made = await give('claim', async () => {
        const result = await claimCaseAction({ caseId: id, version, ...(takeOver && { takeOver }) })
        if (result.ok) keepClaim(id, result.data.claimToken)
        return result
      })
      return made !== null
    },
    release: () => leave('release', () => releaseClaimAction({ ...write, claimToken: token ?? '' })),
    hold: (seconds: number) => leave('hold', () => holdCaseAction({ ...write, seconds })),
    handOver: (to: string, note: string) =>
      leave('handOver', () => handOverCaseAction({ ...write, to, note })),
    escalate: (text: string) =>
      leave('escalate', () => escalateCaseAction({ ...write, claimToken: token ?? '', note: text })),
    sendBack: (text: string) => leave('sendBack', () => sendBackCaseAction({ ...write, note: text })),
    triage: (category: ReportCategory) => give('triage', () => triageCaseAction({ ...write, category })),
    note: (text: string, isSticky: boolean) =>
      give('note', () => writeNoteAction({ about: { caseId: id }, text, isSticky })),
  }
}

export type CaseCommands = ReturnType<typeof useCaseCommands>
