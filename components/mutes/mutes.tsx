'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { serverNow } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import { muteQueries } from '@/lib/mutes/query-options'
import { ReadError } from '@/lib/read'
import type { MutePreset } from '@/lib/settings/rules'
import { ActionErrorPanel } from './action-error-panel'
import { Announcer } from './announcer'
import { type ComposerForm, type ComposerMode, emptyForm } from './composer-form'
import { History } from './history'
import { MuteMatrix } from './mute-matrix'
import { refetchAfter } from './state-kind'
import { accountOf, type MuteSubject } from './subject'
import { useMuteCommands } from './use-mute-commands'
import { usePanel } from './use-panel'

type MutesProps = {
  subject: MuteSubject
  actor: Pick<Actor, 'id' | 'role'>
  presets: readonly MutePreset[]
  /** what stands before the history */
  children?: ReactNode
}

const loadComposer = () => import('./composer')
/** Loaded when it is about to be opened: most looks at an account end without a change. */
const Composer = lazy(async () => ({ default: (await loadComposer()).Composer }))
const NoMatrix = lazy(async () => ({ default: (await import('./no-matrix')).NoMatrix }))

const EveryGroupButtons = lazy(async () => ({
  default: (await import('@/components/bulk-mutes/every-group-buttons')).EveryGroupButtons,
}))
const loadEveryGroup = () => import('@/components/bulk-mutes/every-group')
const EveryGroup = lazy(async () => ({ default: (await loadEveryGroup()).EveryGroup }))

/**
 * All about the mutes of an account, or of a member or everybody in a group: the matrix, the composer (its state is in
 * the address, so that Back closes it) and the history.
 */
export function Mutes({ subject, actor, presets, children }: MutesProps) {
  const t = useTranslations('mutes')
  const common = useTranslations('common.actions')
  const [panel, setPanel] = usePanel()
  const [form, setForm] = useState<ComposerForm | null>(null)
  const opener = useRef<HTMLElement | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const commands = useMuteCommands(subject)
  const matrixQuery = useQuery({
    ...muteQueries.matrix(subject.place),
    refetchInterval: ({ state: { data } }) =>
      data ? refetchAfter(data.states, serverNow() ?? data.serverNow) : 60_000,
  })
  const account = accountOf(subject.place)
  const isHydrated = useHydrated()
  const matrix = matrixQuery.data
  useOutcomeRefresh(
    matrix?.states.flatMap(({ pending }) => (pending ? [pending.id] : [])) ?? [],
    commands.refresh,
  )
  useHistoryRefresh(
    matrix?.states.map(({ cause, renewal }) => `${cause?.id} ${renewal?.heldUntil}`) ?? null,
    subject,
  )

  function open(mode: ComposerMode) {
    if (!panel && document.activeElement instanceof HTMLElement) opener.current = document.activeElement
    setPanel(mode)
  }

  function close({ keepsForm = false } = {}) {
    if (!keepsForm) setForm(null)
    setPanel(null, 'replace')
    const back = opener.current?.isConnected && opener.current !== document.body ? opener.current : null
    const fallback = root.current?.querySelector('[data-opens-composer]')
    requestAnimationFrame(() => (back ?? (fallback instanceof HTMLElement ? fallback : null))?.focus())
  }

  if (!matrix) {
    return matrixQuery.error instanceof ReadError ? (
      <ActionErrorPanel
        error={matrixQuery.error.error}
        isRead
        actions={<Button onClick={() => void matrixQuery.refetch()}>{t('composer.retry')}</Button>}
      />
    ) : (
      <Skeleton lines={6} />
    )
  }
  const canMute = hasPermission(actor.role, 'mutes:apply')
  const canBulk = hasPermission(actor.role, 'mutes:bulk')
  const hasMatrix = matrix.states.length > 0
  return (
    <div ref={root} className="@container">
      <div className="grid grid-cols-1 items-start gap-4 @min-[50rem]:grid-cols-[minmax(0,1fr)_26rem] @min-[50rem]:grid-rows-[auto_1fr]">
        <Announcer matrix={matrix} name={subject.name} isOwn={commands.isOwn} />
        {hasMatrix ? (
          <MuteMatrix
            subject={subject}
            matrix={matrix}
            actor={actor}
            commands={commands}
            isReading={isHydrated && matrixQuery.isFetching}
            panel={panel}
            onOpen={open}
            onApproach={() => void loadComposer().catch(() => {})}
          />
        ) : (
          <Suspense fallback={<Skeleton lines={3} />}>
            <NoMatrix subject={subject} commands={commands} isReading={isHydrated && matrixQuery.isFetching}>
              {account && canBulk && (
                <EveryGroupButtons
                  account={account}
                  panel={panel}
                  onOpen={open}
                  onApproach={() => void loadEveryGroup().catch(() => {})}
                />
              )}
            </NoMatrix>
          </Suspense>
        )}
        {panel && hasMatrix && (
          <div className="@min-[50rem]:row-span-2">
            {canMute ? (
              <Suspense fallback={<Skeleton lines={9} />}>
                <Composer
                  subject={subject}
                  matrix={matrix}
                  actor={actor}
                  presets={presets}
                  mode={panel}
                  form={form ?? emptyForm(presets)}
                  onForm={setForm}
                  onMode={open}
                  commands={commands}
                  onClose={() => close()}
                  onDone={() => close()}
                />
              </Suspense>
            ) : (
              <div className="rounded-panel border border-line bg-surface">
                <EmptyState
                  icon={<Eye aria-hidden />}
                  title={t('composer.forbiddenTitle')}
                  action={<Button onClick={() => close()}>{common('close')}</Button>}
                >
                  {t('composer.forbidden')}
                </EmptyState>
              </div>
            )}
          </div>
        )}
        {panel && !hasMatrix && account && canBulk && (
          <div className="@min-[50rem]:row-span-2">
            <Suspense fallback={<Skeleton lines={9} />}>
              <EveryGroup
                account={account}
                actor={actor}
                presets={presets}
                mode={panel}
                form={form ?? emptyForm(presets)}
                onForm={setForm}
                onClose={() => close({ keepsForm: true })}
              />
            </Suspense>
          </div>
        )}
        <div className="flex flex-col gap-4 @min-[50rem]:col-start-1">
          {children}
          <History subject={subject} serverNow={matrix.serverNow} actor={actor} commands={commands} />
        </div>
      </div>
    </div>
  )
}

/** When a change that was on its way is no longer, the history has news. */
function useOutcomeRefresh(pendingIds: readonly string[], refresh: () => Promise<void>) {
  const pending = pendingIds.join(' ')
  const before = useRef(pending)
  useEffect(() => {
    const hasEnded = before.current.split(' ').some((id) => id !== '' && !pending.includes(id))
    before.current = pending
    if (hasEnded) void refresh()
  }, [pending, refresh])
}

/** When something else is behind what holds, somebody else or the console itself has added to the history. */
function useHistoryRefresh(causeIds: readonly string[] | null, { place }: MuteSubject) {
  const queryClient = useQueryClient()
  const causes = causeIds?.join(' ') ?? null
  const before = useRef(causes)
  const history = muteQueries.history(place).queryKey
  const onChange = useEffectEvent(() => void queryClient.invalidateQueries({ queryKey: history }))
  useEffect(() => {
    if (before.current !== null && before.current !== causes) onChange()
    before.current = causes
  }, [causes])
}
