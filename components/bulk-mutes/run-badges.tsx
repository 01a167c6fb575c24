'use client'

import {
  Ban,
  Check,
  CircleHelp,
  CirclePause,
  CircleX,
  Clock,
  Eye,
  LoaderCircle,
  MicOff,
  Minus,
  ShieldCheck,
  Undo2,
  UserX,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { BulkStatus, Forecast, ItemState } from '@/lib/bulk-mutes/rules'

type Look = { tone: Tone; icon: ReactNode }

const statusLooks: Record<BulkStatus, Look> = {
  previewing: { tone: 'info', icon: <LoaderCircle aria-hidden /> },
  previewed: { tone: 'accent', icon: <Eye aria-hidden /> },
  awaiting_approval: { tone: 'warning', icon: <Clock aria-hidden /> },
  running: { tone: 'info', icon: <LoaderCircle aria-hidden /> },
  paused: { tone: 'warning', icon: <CirclePause aria-hidden /> },
  done: { tone: 'success', icon: <Check aria-hidden /> },
  cancelled: { tone: 'neutral', icon: <Ban aria-hidden /> },
}

/** Where a run stands. */
export function StatusBadge({ status }: { status: BulkStatus }) {
  const t = useTranslations('bulkMutes.statuses')
  return (
    <Badge {...statusLooks[status]} data-status={status}>
      {t(status)}
    </Badge>
  )
}

const stateLooks: Record<ItemState, Look> = {
  pending: { tone: 'neutral', icon: <Clock aria-hidden /> },
  sending: { tone: 'info', icon: <LoaderCircle aria-hidden /> },
  unknown: { tone: 'warning', icon: <CircleHelp aria-hidden /> },
  applied: { tone: 'success', icon: <Check aria-hidden /> },
  rejected: { tone: 'danger', icon: <CircleX aria-hidden /> },
  skipped: { tone: 'neutral', icon: <Minus aria-hidden /> },
}

/** What became of one account. */
export function ItemStateBadge({ state }: { state: ItemState }) {
  const t = useTranslations('bulkMutes.states')
  return (
    <Badge {...stateLooks[state]} isPending={state === 'unknown'}>
      {t(state)}
    </Badge>
  )
}

const doing: Look = { tone: 'accent', icon: <MicOff aria-hidden /> }
const back: Look = { tone: 'success', icon: <Undo2 aria-hidden /> }
const left: Look = { tone: 'neutral', icon: <Minus aria-hidden /> }
const high: Look = { tone: 'warning', icon: <ShieldCheck aria-hidden /> }
const absent: Look = { tone: 'danger', icon: <UserX aria-hidden /> }

const forecastLooks: Record<Forecast, Look> = {
  mute: doing,
  extend: doing,
  shorten: doing,
  lift: back,
  restore: back,
  already_so: left,
  already_longer: left,
  not_muted: left,
  changed_since: high,
  no_account: absent,
  not_a_member: absent,
  owner: high,
  admin: high,
  cannot_mute_here: left,
  operator_not_allowed: high,
  protected: high,
}

/** What will happen to one account. */
export function ForecastBadge({ forecast }: { forecast: Forecast }) {
  const t = useTranslations('bulkMutes.reasons')
  return <Badge {...forecastLooks[forecast]}>{t(forecast)}</Badge>
}
