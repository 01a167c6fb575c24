'use client'

import { clsx } from 'clsx'
import { CircleHelp, LoaderCircle, MessageCircle, MicOff, Split } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { RemainingTime } from '@/components/ui/time'
import type { MuteStateDto } from '@/lib/mutes/schemas'

/**
 * What a chip says, as its `data-state`: the words of the account page's matrix, without those for the last moments.
 * `unknown`: nobody has asked yet, or a command's outcome is not known.
 */
export type ChipState = 'none' | 'muted' | 'drift' | 'sending' | 'unknown'

/** Sums up one cell of the mute matrix. What is still open comes before what holds. */
export function chipStateOf({ pending, drift, until, checkedAt, ledgerUntil }: MuteStateDto): ChipState {
  if (pending) return pending.status === 'unknown' ? 'unknown' : 'sending'
  if (drift) return 'drift'
  if (until !== null) return 'muted'
  return checkedAt === null && ledgerUntil === null ? 'unknown' : 'none'
}

const looks: Record<ChipState, { tone: Tone; icon: ReactNode }> = {
  none: { tone: 'neutral', icon: <MessageCircle aria-hidden /> },
  muted: { tone: 'danger', icon: <MicOff aria-hidden /> },
  drift: { tone: 'warning', icon: <Split aria-hidden /> },
  sending: { tone: 'info', icon: <LoaderCircle aria-hidden className="motion-safe:animate-spin" /> },
  unknown: { tone: 'neutral', icon: <CircleHelp aria-hidden /> },
}

/** What needs no attention does not ask for it. */
const quiet = 'bg-transparent! px-0! font-normal! text-muted!'

function wordOf(kind: ChipState, { drift, pending }: MuteStateDto) {
  if (kind === 'drift' && drift) return drift
  if (kind === 'unknown') return pending ? 'unknown' : 'unchecked'
  return kind === 'drift' ? 'different_end' : kind
}

type MuteChipsProps = {
  states: readonly MuteStateDto[]
  /** the server's time when the states were read, epoch ms */
  serverNow: number
  /** a mute's end has passed: the moment to ask again */
  onEnd(): void
}

/** Where an account is muted and for how long, one chip a scope. */
export function MuteChips({ states, serverNow, onEnd }: MuteChipsProps) {
  const t = useTranslations('accounts.search.chips')
  const scopes = useTranslations('accounts.search.scopes')
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 lg:flex-col">
      {states.map((state) => {
        const kind = chipStateOf(state)
        const { tone, icon } = looks[kind]
        const showsEnd = kind === 'muted' || kind === 'drift'
        return (
          <li key={state.scope} className="max-w-full">
            <Badge
              tone={tone}
              icon={icon}
              isPending={kind === 'sending' || (kind === 'unknown' && state.pending !== null)}
              className={clsx((kind === 'none' || (kind === 'unknown' && !state.pending)) && quiet)}
              data-scope={state.scope}
              data-state={kind}
            >
              {scopes(state.scope)} · {t(wordOf(kind, state))}
              {showsEnd && state.until !== null && (
                <>
                  {' · '}
                  <RemainingTime until={state.until} serverNow={serverNow} onEnd={onEnd} />
                </>
              )}
            </Badge>
          </li>
        )
      })}
    </ul>
  )
}
