'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { activeBulkMutes } from '@/lib/bulk-mutes/active-query'

/** In the frame of every page: the runs that are under way or wait for somebody, with how far they are. */
export function RunsBadge() {
  const t = useTranslations('shell.runs')
  const { data } = useQuery(activeBulkMutes())
  const runs = data?.runs ?? []
  const [run, ...others] = runs
  if (!run) return null
  const [done, total] = runs.reduce(([d, n], one) => [d + one.settled, n + one.doing], [0, 0])
  const href = others.length > 0 ? '/bulk-mutes' : `/bulk-mutes/${run.id}`
  const isWaiting = run.status === 'awaiting_approval' && others.length === 0
  const words = isWaiting ? t('waits', { count: run.doing }) : t('progress', { done, total })
  const name = others.length > 0 ? t('several', { count: runs.length, done, total }) : t('one', { words })
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={name}
      className="inline-flex min-h-control shrink-0 items-center gap-1.5 rounded-control bg-info-soft px-2 text-sm font-medium text-info-text tabular-nums hover:underline"
    >
      <span aria-hidden className="size-2 rounded-full bg-current" />
      {/* What is seen is part of the name: people who speak to the page say what they see. */}
      <span className="max-md:hidden">{name}</span>
      <span className="md:hidden">{isWaiting ? run.doing : t('progress', { done, total })}</span>
    </Link>
  )
}
