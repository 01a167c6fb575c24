'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useCallback, useState } from 'react'
import { serverNow as readServerNow, useServerClock } from '@/components/ui/clock'
import { RemainingTime } from '@/components/ui/time'
import { isOverdue } from '@/lib/mutes/ends'
import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { ledgerPlace } from './ledger-place'
import { StateBadge } from './state-badge'
import { refetchAfter, stateKind } from './state-kind'

type LedgerRestProps = { mute: MuteInForceDto; serverNow: number }

/** The rest of a mute in the list; at zero the provider is asked, and only its word ends it. */
export function LedgerRest({ mute, serverNow }: LedgerRestProps) {
  const [endedOf, setEndedOf] = useState<MuteInForceDto['until'] | null>(null)
  const { data } = useQuery({
    ...muteQueries.matrix(ledgerPlace(mute)),
    enabled: endedOf === mute.until,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data ? refetchAfter(state.data.states, readServerNow() ?? state.data.serverNow) : 2_000,
  })
  const onEnd = useCallback(() => setEndedOf(mute.until), [mute.until])
  const state = endedOf === mute.until ? data?.states.find(({ scope }) => scope === mute.scope) : undefined
  const className = 'block font-semibold tabular-nums'
  if (data && state) return <RestNow state={state} serverNow={data.serverNow} className={className} />
  return (
    <>
      <RemainingTime until={mute.until} serverNow={serverNow} onEnd={onEnd} className={className} />
      <LateNote mute={mute} serverNow={serverNow} />
    </>
  )
}

function RestNow({
  state,
  serverNow,
  className,
}: {
  state: MuteStateDto
  serverNow: number
  className: string
}) {
  const kind = useServerClock(serverNow, (now) => stateKind(state, now))
  if (state.until === null) return <StateBadge kind={kind} />
  return (
    <>
      <RemainingTime until={state.until} serverNow={serverNow} className={className} />
      <LateNote mute={{ ...state, until: state.until }} serverNow={serverNow} />
    </>
  )
}

type LateNoteProps = {
  mute: Pick<MuteInForceDto, 'scope' | 'until' | 'checkedAt' | 'drift'>
  serverNow: number
}

/** That the console could not lift a mute yet for which the provider keeps no end. */
function LateNote({ mute, serverNow }: LateNoteProps) {
  const t = useTranslations('mutes.timer')
  const isLate = useServerClock(serverNow, (now) => isOverdue(mute, now))
  if (!isLate || mute.scope !== 'everyone' || mute.drift) return null
  return <span className="block text-sm font-medium text-warning-text">{t('late')}</span>
}
