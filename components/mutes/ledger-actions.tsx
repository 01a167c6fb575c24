'use client'

import { useTranslations } from 'next-intl'
import { createContext, lazy, type ReactNode, Suspense, use, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountDto } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'
import type { ProviderName } from '@/lib/provider/port'
import type { MutePreset } from '@/lib/settings/rules'
import type { ComposerMode } from './composer-form'
import { ledgerPlace } from './ledger-place'
import { useRefreshInPlace } from './use-refresh-in-place'

type Opened = { mute: MuteInForceDto; mode: ComposerMode; isOpen: boolean }
type Actions = {
  role: Actor['role']
  providerOf(connection: string): ProviderName | undefined
  open(mute: MuteInForceDto, mode: ComposerMode): void
  /** reads the list anew after something was done about a row */
  refreshFrom(row: Element): void
}

const ActionsContext = createContext<Actions | null>(null)

/** Loaded when it is about to be opened: most looks at the list end without a change. */
const loadComposer = () => import('./ledger-composer')
const LedgerDrift = lazy(async () => ({ default: (await import('./ledger-drift')).LedgerDrift }))
const LedgerComposer = lazy(async () => ({ default: (await loadComposer()).LedgerComposer }))

type LedgerActionsProps = {
  actor: Pick<Actor, 'id' | 'role'>
  presets: readonly MutePreset[]
  connections: readonly AccountDto['connection'][]
  /** the list */
  children: ReactNode
}

/** The list with the one composer that its rows open; it stays in sight, however far down the row is. */
export function LedgerActions({ actor, presets, connections, children }: LedgerActionsProps) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const opener = useRef<Element | null>(null)
  const refreshFrom = useRefreshInPlace()
  const connectionOf = (wanted: string) => connections.find(({ key }) => key === wanted)
  const connection = opened && connectionOf(opened.mute.connection)

  function open(mute: MuteInForceDto, mode: ComposerMode) {
    opener.current = document.activeElement
    setOpened({ mute, mode, isOpen: true })
  }

  function close() {
    setOpened((last) => last && { ...last, isOpen: false })
    requestAnimationFrame(() => {
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
    })
  }

  return (
    <ActionsContext
      value={{ role: actor.role, providerOf: (key) => connectionOf(key)?.provider, open, refreshFrom }}
    >
      {opened && connection && (
        <Suspense fallback={opened.isOpen && <Skeleton lines={9} />}>
          <LedgerComposer
            key={JSON.stringify([ledgerPlace(opened.mute), opened.mute.scope])}
            mute={opened.mute}
            mode={opened.isOpen ? opened.mode : null}
            onMode={(mode) => setOpened({ ...opened, mode })}
            connection={connection}
            actor={actor}
            presets={presets}
            onClose={close}
          />
        </Suspense>
      )}
      {children}
    </ActionsContext>
  )
}

/** What can be done about one mute of the list, by whoever may. */
export function LedgerButtons({ mute, serverNow }: { mute: MuteInForceDto; serverNow: number }) {
  const t = useTranslations('mutes.inList')
  const actions = use(ActionsContext)
  if (!actions) return null
  const name = safePlain(mute.userId || mute.groupName || mute.groupId || '', 60)
  const choices = [
    {
      mode: 'lift',
      label: t('lift'),
      isAllowed: hasPermission(actions.role, 'mutes:lift') && mute.drift !== 'lifted_outside',
    },
    { mode: 'mute', label: t('change'), isAllowed: hasPermission(actions.role, 'mutes:apply') },
  ] as const
  return (
    // Side by side: a row with one button below the other is half a row taller.
    <span className="mt-1 flex flex-wrap gap-1">
      {choices.map(
        ({ mode, label, isAllowed }) =>
          isAllowed && (
            <Button
              key={mode}
              aria-label={`${label} ${name}`}
              onPointerEnter={() => void loadComposer().catch(() => {})}
              onFocus={() => void loadComposer().catch(() => {})}
              onClick={() => actions.open(mute, mode)}
            >
              {label}
            </Button>
          ),
      )}
      {mute.drift && (
        // As high as its two buttons: what is below them must not move when they come.
        <Suspense fallback={<span className="h-[calc(2*var(--control)+0.25rem)] w-full" />}>
          <LedgerDrift
            mute={mute}
            name={name}
            serverNow={serverNow}
            role={actions.role}
            provider={actions.providerOf(mute.connection)}
            onDone={actions.refreshFrom}
          />
        </Suspense>
      )}
    </span>
  )
}
