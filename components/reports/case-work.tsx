'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ArrowRightLeft, ArrowUpToLine, Hand, Hourglass, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { RemainingTime } from '@/components/ui/time'
import { toast } from '@/components/ui/toast-store'
import { useHydrated } from '@/components/ui/use-hydrated'
import { hasPermission, type Role } from '@/lib/auth/roles'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { reportsKey } from '@/lib/reports/inquiry-query'
import { CaseCategory } from './case-category'
import { NextButton } from './next-button'
import type { CaseCommands } from './use-case-commands'
import { isInReachOf, standOf } from './work-stand'

/** Comes with the first refusal. Where it cannot be loaded, what was refused is told in general. */
const CaseRefusal = lazy(() =>
  import('./case-refusal').then(
    (loaded) => ({ default: loaded.CaseRefusal }),
    () => ({ default: PlainRefusal }),
  ),
)
const HoldDialog = lazy(async () => ({ default: (await import('./hold-dialog')).HoldDialog }))
const HandOverDialog = lazy(async () => ({ default: (await import('./hand-over-dialog')).HandOverDialog }))

const PassOnDialog = lazy(async () => ({ default: (await import('./pass-on-dialog')).PassOnDialog }))

type CaseWorkProps = { one: CaseDto; serverNow: number; role: Role; commands: CaseCommands }

/** Who works on the case, for how long still, and what can be done about that. */
export function CaseWork({ one, serverNow, role, commands }: CaseWorkProps) {
  const t = useTranslations('reports.case.work')
  const keys = useTranslations('reports.case.keys')
  const queue = useTranslations('reports.queue')
  const queryClient = useQueryClient()
  const [dialog, setDialog] = useState<'hold' | 'handOver' | 'escalate' | 'sendBack' | null>(null)
  // Only the browser knows whose tab it is: until then it is taken for the one that has the claim.
  const isHydrated = useHydrated()
  const stand = standOf(one, commands.token !== null || !isHydrated)
  const { isYours, takesOver } = stand
  const canWork = hasPermission(role, 'reports:work')
  const canHave = canWork && isInReachOf(one, role)
  const canClaim = canHave && stand.canClaim
  const canChange = canHave && stand.canChange
  // From the hands of whoever works on it to the leads, and from a lead back.
  const passes = one.needsLead
    ? canChange && ('sendBack' as const)
    : canHave && isYours && ('escalate' as const)
  const { busy } = commands

  async function claim() {
    if (await commands.claim(takesOver)) toast({ tone: 'success', title: t('claimed') })
  }
  async function release() {
    if (await commands.release()) toast({ tone: 'success', title: t('released') })
  }
  useShortcut({ key: 'c', label: keys('claim'), when: canClaim, run: () => void claim() })
  useShortcut({ key: 'h', label: keys('hold'), when: canChange, run: () => setDialog('hold') })
  useShortcut({
    key: 'o',
    label: keys('handOver'),
    when: canChange,
    run: () => setDialog('handOver'),
  })
  useShortcut({
    key: 'e',
    label: keys(passes || 'escalate'),
    when: passes !== false,
    run: () => passes && setDialog(passes),
  })

  const words = (path: typeof stand.words): ReactNode =>
    path && <span>{t(path, { name: safePlain(stand.name, 40) })}</span>
  return (
    <section
      aria-label={t('title')}
      data-stand={stand.kind}
      className="flex flex-col gap-2 rounded-panel border border-line bg-surface px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="flex flex-wrap items-center gap-x-1.5 empty:absolute">
          {words(stand.words)}
        </p>
        {stand.until !== null && (
          <RemainingTime
            until={stand.until}
            serverNow={serverNow}
            onEnd={() => void queryClient.invalidateQueries({ queryKey: reportsKey })}
            className="font-semibold tabular-nums"
          />
        )}
        {canWork && (
          <>
            {canClaim && (
              <Button
                variant="primary"
                shortcut="c"
                isBusy={busy === 'claim'}
                icon={<Hand aria-hidden className="size-4" />}
                onClick={() => void claim()}
              >
                {t(takesOver ? 'takeOver' : 'claim')}
              </Button>
            )}
            {isYours && (
              <Button
                isBusy={busy === 'release'}
                icon={<Undo2 aria-hidden className="size-4" />}
                onClick={() => void release()}
              >
                {t('release')}
              </Button>
            )}
            {canChange && (
              <>
                <Button
                  shortcut="h"
                  icon={<Hourglass aria-hidden className="size-4" />}
                  onClick={() => setDialog('hold')}
                >
                  {t('hold')}
                </Button>
                <Button
                  shortcut="o"
                  icon={<ArrowRightLeft aria-hidden className="size-4" />}
                  onClick={() => setDialog('handOver')}
                >
                  {t('handOver')}
                </Button>
              </>
            )}
            {passes && (
              <Button
                shortcut="e"
                icon={
                  <ArrowUpToLine
                    aria-hidden
                    className={passes === 'escalate' ? 'size-4' : 'size-4 rotate-180'}
                  />
                }
                onClick={() => setDialog(passes)}
              >
                {t(passes)}
              </Button>
            )}
            <NextButton
              label={stand.kind === 'ended' ? queue('next') : t('next')}
              except={one.id}
              {...(isYours && { onFound: () => commands.release() })}
            />
          </>
        )}
      </div>
      {!canWork && <p className="text-muted">{t('readOnly')}</p>}
      {canWork && !isInReachOf(one, role) && <p className="text-muted">{t('leadsOnly')}</p>}
      {isYours && <p className="text-sm text-muted">{t('renewed')}</p>}
      {canChange && <CaseCategory key={one.category} one={one} commands={commands} />}
      {dialog === null && commands.refusal && (
        <Suspense>
          <CaseRefusal
            commands={commands}
            of={['claim', 'release', 'hold', 'handOver', 'escalate', 'sendBack', 'triage']}
            serverNow={serverNow}
          />
        </Suspense>
      )}
      <Suspense>
        {dialog === 'hold' && (
          <HoldDialog one={one} serverNow={serverNow} commands={commands} onClose={() => setDialog(null)} />
        )}
        {dialog === 'handOver' && (
          <HandOverDialog
            one={one}
            serverNow={serverNow}
            commands={commands}
            onClose={() => setDialog(null)}
          />
        )}
        {(dialog === 'escalate' || dialog === 'sendBack') && (
          <PassOnDialog
            way={dialog}
            one={one}
            serverNow={serverNow}
            commands={commands}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
    </section>
  )
}

function PlainRefusal({ commands: { refusal } }: { commands: CaseCommands }) {
  return refusal && <ActionErrorPanel error={refusal.error} />
}
