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
import type { CaseDto, ClaimDto } from '@/lib/reports/case-schemas'
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
 * What can be done with a case. One command at a time, each at the version that is shown, or that this tab's claim has made
 * of it; a press while the claim is on its way waits for that. What the server refuses is kept for the page to tell, and
 * the case is read anew, so that the same press then means what is seen.
 */
export function useCaseCommands({ id, version, claim }: CaseDto) {
  const queryClient = useQueryClient()
  const kept = useClaimToken(id)
  const [busy, setBusy] = useState<CaseCommand | null>(null)
  const [refusal, setRefusal] = useState<{ command: CaseCommand; error: ActionError } | null>(null)
  const isGiving = useRef(false)
  /** the claim that is on its way: whether it was made */
  const claiming = useRef<Promise<boolean>>(undefined)
  /** this tab's last claim, for what is shown and for what is sent: it counts while it is ahead of what was read */
  const [made, setMade] = useState<ClaimDto | null>(null)
  const lastMade = useRef<ClaimDto>(null)
  const token = claim?.isYours && claim.isLive ? kept : null
  const ahead = (one: ClaimDto | null) => (one && one.version > version ? one : null)

  function noteMade(next: ClaimDto | null) {
    lastMade.current = next
    setMade(next)
  }

  async function give<Data>(
    command: CaseCommand,
    call: () => Promise<ActionResult<Data>>,
  ): Promise<Data | null> {
    if (command !== 'claim' && (await claiming.current) === false && command !== 'note') return null
    if (isGiving.current) return null
    isGiving.current = true
    let settle: (isMade: boolean) => void = () => {}
    if (command === 'claim')
      claiming.current = new Promise((resolve) => {
        settle = resolve
      })
    setBusy(command)
    // A note that was written meanwhile does not take away why the claim was refused.
    if (command !== 'note') setRefusal(null)
    else setRefusal((before) => (before?.command === 'note' ? null : before))
    const result = await answerOf(call)
    if (!result.ok) {
      setRefusal({ command, error: result.error })
      if (result.error.code === 'CLAIM_LOST') dropClaim(id)
    }
    // What changes the case again ends what is known of it from the claim.
    else if (command !== 'claim' && command !== 'note') noteMade(null)
    isGiving.current = false
    claiming.current = undefined
    settle(result.ok)
    setBusy(null)
    await queryClient.invalidateQueries({ queryKey: reportsKey })
    return result.ok ? result.data : null
  }

  /** What every command names, at the moment when it is sent. */
  function write() {
    const own = ahead(lastMade.current)
    const claimToken = own?.claimToken ?? token
    return { caseId: id, version: own?.version ?? version, ...(claimToken !== null && { claimToken }) }
  }
  /** The same of what only whoever has the case can do; the server refuses an empty token. */
  const writeAsHolder = () => ({ claimToken: '', ...write() })

  /** Ends this tab's claim with what ends it at the server. */
  async function leave<Data>(
    command: CaseCommand,
    call: () => Promise<ActionResult<Data>>,
  ): Promise<boolean> {
    const isDone = (await give(command, call)) !== null
    if (isDone) dropClaim(id)
    return isDone
  }

  /** Takes the case, unless this tab has just done so. */
  async function take(takeOver: boolean): Promise<boolean> {
    if (ahead(lastMade.current)) return true
    const done = await give('claim', async () => {
      const result = await claimCaseAction({ caseId: id, version, ...(takeOver && { takeOver }) })
      if (result.ok) {
        noteMade(result.data)
        keepClaim(id, result.data.claimToken)
      }
      return result
    })
    return done !== null
  }

  return {
    busy,
    refusal,
    /** under which this tab has the case; null: it has not */
    token,
    /** what is sent elsewhere names: the case's version, and the claim that made it or that this tab has */
    write: { version: ahead(made)?.version ?? version, claimToken: ahead(made)?.claimToken ?? token },
    forget: () => setRefusal(null),
    claim: take,
    release: () => leave('release', () => releaseClaimAction(writeAsHolder())),
    hold: (seconds: number) => leave('hold', () => holdCaseAction({ ...write(), seconds })),
    handOver: (to: string, note: string) =>
      leave('handOver', () => handOverCaseAction({ ...write(), to, note })),
    escalate: (text: string) =>
      leave('escalate', () => escalateCaseAction({ ...writeAsHolder(), note: text })),
    sendBack: (text: string) => leave('sendBack', () => sendBackCaseAction({ ...write(), note: text })),
    triage: (category: ReportCategory) => give('triage', () => triageCaseAction({ ...write(), category })),
    note: (text: string, isSticky: boolean) =>
      give('note', () => writeNoteAction({ about: { caseId: id }, text, isSticky })),
  }
}

export type CaseCommands = ReturnType<typeof useCaseCommands>
