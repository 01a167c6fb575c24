'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/clock'
import { hasPermission, type Role } from '@/lib/auth/roles'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { useWithRoles } from './role-words'
import { useDriftCommands } from './use-drift-commands'
import type { MuteChecks } from './use-mute-checks'
import { endArgs, useEndWords } from './words'

type DriftPanelProps = {
  state: MuteStateDto
  serverNow: number
  role: Role
  commands: MuteChecks
  /** it stands in place of another mute of the ledger's, which is set again from there */
  isReplacement: boolean
  /** who made what the ledger says */
  children?: ReactNode
}

/** What the provider says against what the ledger says, and both ways out of it. */
export function DriftPanel({ state, serverNow, role, commands, isReplacement, children }: DriftPanelProps) {
  const t = useTranslations('mutes.drift')
  const words = useEndWords()
  const withRoles = useWithRoles()
  const now = useServerNow(serverNow, 'minute')
  const { accept, reapply } = useDriftCommands(commands)
  const { drift, until, ledgerUntil } = state
  if (!drift) return null
  const short = (at: number) => words.short(at, now)
  const canAccept = hasPermission(role, 'mutes:apply')
  const canReapply =
    canAccept &&
    !isReplacement &&
    hasPermission(role, 'mutes:lift') &&
    (ledgerUntil !== 'forever' || hasPermission(role, 'mutes:apply-forever'))
  const isBusy = commands.busy?.what === 'drift' && commands.busy.id === state.scope
  return (
    <div className="flex flex-col gap-2 rounded-control border border-line bg-warning-soft p-3">
      <p className="text-warning-text">{t(drift)}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3">
        <dt className="text-muted">{t('provider')}</dt>
        <dd className="font-medium">{withRoles(words.end(until, now), state.roles)}</dd>
        <dt className="text-muted">{t('ledger')}</dt>
        <dd className="font-medium">{withRoles(words.end(ledgerUntil, now), state.ledgerRoles)}</dd>
      </dl>
      {children}
      {canAccept ? (
        <div className="flex flex-wrap gap-2">
          <Button isBusy={isBusy} onClick={() => accept(state)}>
            {t('acceptWhat', endArgs(until, short))}
          </Button>
          {canReapply && (
            <Button isBusy={isBusy} onClick={() => reapply(state)}>
              {t('reapply', endArgs(ledgerUntil, short))}
            </Button>
          )}
        </div>
      ) : (
        <p className="text-muted">{t('needsPermission')}</p>
      )}
    </div>
  )
}
