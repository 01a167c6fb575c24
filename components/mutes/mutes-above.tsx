'use client'

import { MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CheckedAgo, RemainingTime } from '@/components/ui/time'
import type { AboveDto } from '@/lib/mutes/above-rules'
import { useWithRoles } from './role-words'

type MutesAboveProps = { above: readonly AboveDto[]; serverNow: number; onEnd(): void }

/** What silences a member beside its own mute: a line for each. Each is lifted where it was set, not here. */
export function MutesAbove({ above, serverNow, onEnd }: MutesAboveProps) {
  const t = useTranslations('mutes.above')
  const withRoles = useWithRoles()
  return above.map(({ scope, until, roles, checkedAt }) => (
    <li
      key={scope}
      data-above={scope}
      className="flex flex-wrap items-baseline gap-x-3 gap-y-1 bg-danger-soft px-4 py-3 text-danger-text"
    >
      <MicOff aria-hidden className="size-4 shrink-0 self-center" />
      <span className="font-semibold">{withRoles(t(scope), roles)}</span>
      {until !== null && <RemainingTime until={until} serverNow={serverNow} onEnd={onEnd} />}
      <CheckedAgo at={checkedAt} serverNow={serverNow} className="text-sm sm:ms-auto" />
    </li>
  ))
}
