import {
  CircleHelp,
  Clock,
  EyeOff,
  LoaderCircle,
  MessageCircle,
  MicOff,
  Split,
  TimerReset,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { StateKind } from './state-kind'

const looks: Record<StateKind, { tone: Tone; icon: ReactNode }> = {
  none: { tone: 'success', icon: <MessageCircle aria-hidden /> },
  muted: { tone: 'danger', icon: <MicOff aria-hidden /> },
  sending: {
    tone: 'info',
    icon: <LoaderCircle aria-hidden className="animate-spin motion-reduce:animate-none" />,
  },
  unknown: { tone: 'warning', icon: <CircleHelp aria-hidden /> },
  untold: { tone: 'neutral', icon: <EyeOff aria-hidden /> },
  drift: { tone: 'warning', icon: <Split aria-hidden /> },
  ending: { tone: 'info', icon: <Clock aria-hidden /> },
  ended: { tone: 'success', icon: <TimerReset aria-hidden /> },
}

type StateBadgeProps = {
  kind: StateKind
  /** another mute silences as well: that there is none of its own does not mean that it can write */
  isSilenced?: boolean | undefined
  /** the longer words are for screen readers and a pointer alone where the container around has no room for them */
  isShort?: boolean
}

/** A cell's state as a word with an icon; `data-state` says it to programs. */
export function StateBadge({ kind, isSilenced = false, isShort = false }: StateBadgeProps) {
  const t = useTranslations('mutes.states')
  const hasNoneOfOwn = isSilenced && kind === 'none'
  const { tone, icon } = looks[hasNoneOfOwn ? 'untold' : kind]
  const isIconOnly = isShort && kind !== 'muted'
  const words = t(hasNoneOfOwn ? 'noneOfOwn' : kind)
  return (
    <Badge
      tone={tone}
      icon={icon}
      isPending={kind === 'sending' || kind === 'unknown'}
      data-state={kind}
      title={isIconOnly ? words : undefined}
    >
      {isIconOnly ? <span className="@max-xl:sr-only">{words}</span> : words}
    </Badge>
  )
}
