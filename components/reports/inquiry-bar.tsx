'use client'

import { useQueryClient } from '@tanstack/react-query'
import { Gavel } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { SafeText } from '@/components/ui/safe-text'
import { RemainingTime } from '@/components/ui/time'
import { toast } from '@/components/ui/toast-store'
import { useHydrated } from '@/components/ui/use-hydrated'
import { answerOf } from '@/lib/read'
import { holdCaseAction, releaseClaimAction } from '@/lib/reports/actions'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { ActionResult } from '@/lib/result'
import { useCategories } from './categories'
import { dropClaim, useClaimToken } from './claim-store'
import { useRenewal } from './use-renewal'

type InquiryBarProps = { one: CaseDto; more: number; serverNow: number }

/** How long "Hold" in the bar keeps a case; the case's own page offers more. */
const holdSeconds = 7_200

/** The case in hand, on every page: whom it is about, what is left of the claim, and the way back or out. */
export function InquiryBar({ one, more, serverNow }: InquiryBarProps) {
  const t = useTranslations('reports.bar')
  const errors = useTranslations('errors')
  const { nameOf } = useCategories()
  const queryClient = useQueryClient()
  const isThere = usePathname() === `/reports/${one.id}`
  const token = useClaimToken(one.id)
  const isHydrated = useHydrated()
  const [busy, setBusy] = useState<'hold' | 'release' | null>(null)
  const refresh = () => queryClient.invalidateQueries({ queryKey: reportsKey })
  useRenewal(one, token, refresh)

  async function leave(
    what: 'hold' | 'release',
    call: (claimToken: string) => Promise<ActionResult<unknown>>,
  ) {
    if (busy || token === null) return
    setBusy(what)
    const result = await answerOf(() => call(token))
    if (result.ok) dropClaim(one.id)
    toast(
      result.ok
        ? { tone: 'success', title: t(what === 'hold' ? 'held' : 'released') }
        : { tone: 'danger', title: t('failed'), description: errors(`${result.error.code}.title`) },
    )
    await refresh()
    setBusy(null)
  }

  const write = { caseId: one.id, version: one.version }
  const { nickname, userId } = one.accused
  return (
    <section
      aria-label={t('label')}
      data-inquiry={one.id}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-info-soft px-3 py-1 text-sm text-text md:px-4"
    >
      <Gavel aria-hidden className="size-4 shrink-0 text-info-text" />
      <span className="font-semibold">{t('case', { number: one.number })}</span>
      <span className="min-w-0 max-w-full truncate">
        <SafeText text={nickname || userId} maxLength={32} /> · {nameOf(one.category)}
      </span>
      {one.claim && (
        <span className="tabular-nums">
          {t.rich('left', {
            rest: () => (
              <RemainingTime
                until={one.claim?.until ?? 0}
                serverNow={serverNow}
                onEnd={() => {
                  toast({
                    tone: 'warning',
                    title: t('lost', { number: one.number }),
                    description: t('lostAdvice'),
                  })
                  void refresh()
                }}
              />
            ),
          })}
        </span>
      )}
      {more > 0 && (
        <Link href="/reports?tab=mine" prefetch={false} className="text-accent-text underline">
          {t('more', { count: more })}
        </Link>
      )}
      {isHydrated && token === null && <span className="text-muted">{t('otherTab')}</span>}
      <span className="ms-auto flex flex-wrap gap-1">
        {!isThere && (
          <Link href={`/reports/${one.id}`} className={buttonClass()}>
            {t('back')}
          </Link>
        )}
        {token !== null && !isThere && (
          <>
            <Button
              variant="ghost"
              isBusy={busy === 'hold'}
              onClick={() =>
                void leave('hold', (claimToken) =>
                  holdCaseAction({ ...write, claimToken, seconds: holdSeconds }),
                )
              }
            >
              {t('hold')}
            </Button>
            <Button
              variant="ghost"
              isBusy={busy === 'release'}
              onClick={() =>
                void leave('release', (claimToken) => releaseClaimAction({ ...write, claimToken }))
              }
            >
              {t('release')}
            </Button>
          </>
        )}
      </span>
    </section>
  )
}
