'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/clock'
import { hasPermission, type Role } from '@/lib/auth/roles'
import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'
import type { ProviderName } from '@/lib/provider/port'
import { ledgerPlace } from './ledger-place'
import { useWithRoles } from './role-words'
import { useDriftCommands } from './use-drift-commands'
import { useMuteChecks } from './use-mute-checks'
import { endArgs, useEndWords } from './words'

type LedgerDriftProps = {
  mute: MuteInForceDto
  /** whom the buttons are about, for whoever does not see the row */
  name: string
  serverNow: number
  role: Role
  provider: ProviderName | undefined
  /** something was done about the row */
  onDone(row: Element): void
}

/** Both ways out of a difference, as on the page of the account or group, for whoever may go them. */
export function LedgerDrift({ mute, name, serverNow, role, provider, onDone }: LedgerDriftProps) {
  const t = useTranslations('mutes.drift')
  const words = useEndWords()
  const withRoles = useWithRoles()
  const now = useServerNow(serverNow, 'minute')
  const checks = useMuteChecks({ place: ledgerPlace(mute), name })
  const { accept, reapply } = useDriftCommands(checks)
  if (!hasPermission(role, 'mutes:apply')) return null
  const { ledgerUntil } = mute
  const short = (at: number) => words.short(at, now)
  const canReapply =
    hasPermission(role, 'mutes:lift') &&
    (ledgerUntil !== 'forever' || hasPermission(role, 'mutes:apply-forever')) &&
    // There it may stand in place of a mute of the ledger's, which is set again from its own row.
    !(provider === 'zego' && mute.userId === '' && ledgerUntil === null)
  const outside = mute.drift === 'lifted_outside' ? null : mute
  // With the roles: of a mute of roles the ends may be the same.
  const ways = [
    {
      run: accept,
      label: withRoles(t('acceptWhat', endArgs(outside?.until ?? null, short)), outside?.roles),
      isAllowed: true,
    },
    {
      run: reapply,
      label: withRoles(t('reapply', endArgs(ledgerUntil, short)), mute.ledgerRoles),
      isAllowed: canReapply,
    },
  ]
  return ways.map(
    ({ run, label, isAllowed }) =>
      isAllowed && (
        <Button
          key={label}
          aria-label={`${label} ${name}`}
          isBusy={checks.busy !== null}
          onClick={async ({ currentTarget }) => {
            const row = currentTarget.closest('tr')
            await run(mute)
            if (row) onDone(row)
          }}
        >
          {label}
        </Button>
      ),
  )
}
