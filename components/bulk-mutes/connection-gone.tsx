'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'

/** What it means for a run that its connection was taken out, and where what it left without an outcome is closed. */
export function ConnectionGone({ run }: { run: BulkMuteDto }) {
  const t = useTranslations('bulkMutes.gone')
  const { connection, status, states, pause } = run
  const open = states.sending + states.unknown
  // Said below, with why it was paused.
  const isSaid = pause?.why === 'connection_gone'
  if (isSaid && open === 0) return null
  return (
    <div
      role={open > 0 ? 'alert' : undefined}
      className="flex flex-col gap-1 rounded-control bg-warning-soft p-3"
    >
      <p className="font-semibold text-warning-text">
        {open > 0 ? t('open', { count: open }) : t('title', { connection: connection.name })}
      </p>
      {open > 0 ? <p>{t('openAdvice')}</p> : <p>{t(status === 'previewing' ? 'previewing' : 'advice')}</p>}
      {open > 0 && (
        <p>
          <Link
            href="/mutes"
            prefetch={false}
            className="inline-flex min-h-6 items-center text-accent-text underline"
          >
            {t('toMutes')}
          </Link>
        </p>
      )}
    </div>
  )
}
