'use client'

import { Siren } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button-class'
import type { UrgentCaseDto } from '@/lib/reports/colleague-dtos'

/** On every page: an urgent case that nobody works on, and the way to it. */
export function UrgentBar({ id, number, count }: UrgentCaseDto) {
  const t = useTranslations('reports.bar')
  const isThere = usePathname() === `/reports/${id}`
  return (
    <div
      data-urgent={id}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-danger-soft px-3 py-1 text-sm text-text md:px-4"
    >
      <Siren aria-hidden className="size-4 shrink-0 text-danger-text" />
      <span className="font-semibold">{t('urgent', { count, number })}</span>
      {!isThere && (
        <Link href={`/reports/${id}`} prefetch={false} className={buttonClass()}>
          {t('urgentOpen', { number })}
        </Link>
      )}
    </div>
  )
}
