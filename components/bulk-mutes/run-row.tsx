'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEndWords } from '@/components/mutes/words'
import { useServerNow } from '@/components/ui/clock'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { StatusBadge } from './run-badges'
import { useRunWords } from './use-run-words'

/** One run in the list: what, where, until when, whose, and how far it is. */
export function RunRow({ run }: { run: BulkMuteDto }) {
  const t = useTranslations('bulkMutes')
  const mutes = useTranslations('mutes')
  const words = useRunWords()
  const ends = useEndWords()
  const now = useServerNow(run.serverNow, 'minute')
  const { id, status, states, until, reason, connection } = run
  const outcome = [
    ...(states.applied > 0 ? [t('progress.applied', { count: states.applied })] : []),
    ...(states.rejected > 0 ? [t('progress.rejected', { count: states.rejected })] : []),
    ...(states.unknown > 0 ? [t('progress.unknown', { count: states.unknown })] : []),
    ...(states.skipped > 0 ? [t('progress.skipped', { count: states.skipped })] : []),
  ]
  const isUnderWay = status === 'running' || status === 'paused'
  return (
    <tr
      data-bulk-id={id}
      data-status={status}
      className="align-top max-md:flex max-md:flex-col max-md:gap-1 max-md:p-3 md:[&>td]:px-3 md:[&>td]:py-2"
    >
      <td className="min-w-0">
        <Link
          href={`/bulk-mutes/${id}`}
          prefetch={false}
          className="inline-flex min-h-6 items-center font-medium text-accent-text hover:underline"
        >
          {words.title(run)}
        </Link>
        <span className="block text-sm">{mutes(`categories.${reason.category}`)}</span>
        <span className="block truncate text-sm text-muted">
          <SafeText text={reason.text.replaceAll(/\s+/gu, ' ')} maxLength={80} />
        </span>
      </td>
      <td className="min-w-0 wrap-anywhere">
        <span className="block first-letter:uppercase">{words.place(run)}</span>
        {until !== null && <span className="block text-sm">{ends.end(until, now)}</span>}
        <span className="block truncate text-sm text-muted">{connection.name}</span>
      </td>
      <td className="min-w-0">
        <SafeText text={run.actorName} maxLength={48} />
        <span className="block text-sm text-muted">
          <AbsoluteTime at={run.createdAt} serverNow={run.serverNow} />
        </span>
      </td>
      <td className="min-w-0">
        <StatusBadge status={status} />
        <span className="block text-sm text-muted tabular-nums">
          {isUnderWay ? t('progress.text', { done: run.settled, total: run.doing }) : outcome.join(' · ')}
        </span>
      </td>
    </tr>
  )
}
