'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { use, useRef } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { buttonClass } from '@/components/ui/button-class'
import { Kbd } from '@/components/ui/kbd'
import type { NeighbourDto } from '@/lib/reports/neighbour-schemas'
import { reportQueries } from '@/lib/reports/query-options'
import { CaseListContext } from './case-list-context'
import { caseHref, queueHref, rowId } from './queue-href'

/** Back to the list one came from: to the page of it that shows the case's row, or where that was. */
export function BackToList({ caseId }: { caseId: string }) {
  const t = useTranslations('reports.case')
  const tabs = useTranslations('reports.queue.tabs')
  const list = use(CaseListContext)
  const around = useNeighbours(caseId)
  const row = around?.isListed ? caseId : (around?.next ?? around?.previous)?.id
  const href = list
    ? `${queueHref(list, around?.page ?? undefined)}${row ? `#${rowId(row)}` : ''}`
    : '/reports'
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-6 items-center gap-1 text-accent-text hover:underline"
    >
      <ChevronLeft aria-hidden className="size-4" />
      {list ? t('backTo', { tab: tabs(list.tab) }) : t('back')}
    </Link>
  )
}

/**
 * The ways to the cases before and after this one in that list, with their keys; nothing where there is no list.
 * `isFoot`: the same once more below the case, in the corners.
 */
export function ListWays({ caseId, isFoot = false }: { caseId: string; isFoot?: boolean }) {
  const t = useTranslations('reports.case.list')
  const around = useNeighbours(caseId)
  if (!around) return null
  const ways = (
    <>
      <Way way="previous" to={around.previous} shortcut="k" isFoot={isFoot} />
      <Way way="next" to={around.next} shortcut="j" isFoot={isFoot} />
    </>
  )
  return isFoot ? (
    <div className="flex justify-between gap-2">{ways}</div>
  ) : (
    <nav aria-label={t('label')} className="flex shrink-0 gap-2 max-sm:w-full max-sm:*:flex-1">
      {ways}
    </nav>
  )
}

type WayProps = {
  way: 'previous' | 'next'
  /** null: there is none */
  to: NeighbourDto | null
  shortcut: string
  isFoot: boolean
}

function Way({ way, to, shortcut, isFoot }: WayProps) {
  const t = useTranslations('reports.case.list')
  const keys = useTranslations('reports.queue.keys')
  const list = use(CaseListContext)
  const link = useRef<HTMLAnchorElement>(null)
  // The key presses the very link.
  const label = keys(way === 'next' ? 'down' : 'up')
  useShortcut({ key: shortcut, label, when: to !== null && !isFoot, run: () => link.current?.click() })
  if (!list) return null
  const isBack = way === 'previous'
  const icon = isBack ? (
    <ArrowLeft aria-hidden className="size-4" />
  ) : (
    <ArrowRight aria-hidden className="size-4" />
  )
  if (!to)
    return (
      // biome-ignore lint/a11y/useValidAnchor: a way that leads nowhere now, and says so
      <a role="link" aria-disabled="true" className={buttonClass('secondary', true)}>
        {isBack && icon}
        {t(`none.${way}`)}
        {!isBack && icon}
      </a>
    )
  return (
    <Link
      ref={link}
      href={caseHref(to.id, { ...list, at: to.at })}
      prefetch={false}
      rel={isBack ? 'prev' : 'next'}
      className={buttonClass()}
    >
      {isBack && icon}
      <span>{t(way, { number: to.number })}</span>
      <Kbd>{shortcut}</Kbd>
      {!isBack && icon}
    </Link>
  )
}

function useNeighbours(caseId: string) {
  const list = use(CaseListContext)
  const { data } = useQuery({
    ...reportQueries.neighbours(caseId, list ?? {}),
    enabled: list !== null,
  })
  return list ? data : undefined
}
