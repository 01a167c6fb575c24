'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import { answerOf } from '@/lib/read'
import { renewClaimAction } from '@/lib/reports/actions'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { renewMs } from '@/lib/reports/queue-rules'
import { dropClaim } from './claim-store'

const signsOfLife = ['keydown', 'pointerdown', 'input'] as const

/** Renews this tab's claim while somebody does something in it, at most once a minute; an idle tab lets it lapse. */
export function useRenewal({ id }: CaseDto, token: string | null, onChange: () => Promise<unknown>): void {
  const lastAt = useRef(performance.now())
  const renew = useEffectEvent(async () => {
    if (token === null || performance.now() - lastAt.current < renewMs) return
    lastAt.current = performance.now()
    const result = await answerOf(() => renewClaimAction({ caseId: id, claimToken: token }))
    if (!result.ok && result.error.code === 'CLAIM_LOST') dropClaim(id)
    await onChange()
  })
  useEffect(() => {
    const onLife = () => void renew()
    for (const sign of signsOfLife) window.addEventListener(sign, onLife, { passive: true })
    return () => {
      for (const sign of signsOfLife) window.removeEventListener(sign, onLife)
    }
  }, [])
}
