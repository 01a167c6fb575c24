import { ChevronLeft, ChevronRight, ChevronsLeft, Download } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button-class'
import { maxExportedMutes } from '@/lib/mutes/ledger-schemas'
import type { ledgerLinks } from './ledger-query'

/** The ways to the pages beside this one. */
export function LedgerPager({ first, previous, next }: Omit<ReturnType<typeof ledgerLinks>, 'file'>) {
  const t = useTranslations('ledger.pager')
  if (!first && !previous && !next) return null
  const icon = 'size-4'
  return (
    <nav aria-label={t('label')} className="flex flex-wrap gap-2">
      {first && (
        <Link href={first} className={buttonClass()}>
          <ChevronsLeft aria-hidden className={icon} />
          {t('first')}
        </Link>
      )}
      {previous && (
        <Link href={previous} rel="prev" className={buttonClass()}>
          <ChevronLeft aria-hidden className={icon} />
          {t('previous')}
        </Link>
      )}
      {next && (
        <Link href={next} rel="next" className={buttonClass()}>
          {t('next')}
          <ChevronRight aria-hidden className={icon} />
        </Link>
      )}
    </nav>
  )
}

/** The way to the file of all that the filters leave, with how much it holds at most. */
export function LedgerFile({ href }: { href: string }) {
  const t = useTranslations('ledger.file')
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <a href={href} download className={buttonClass()}>
        <Download aria-hidden className="size-4" />
        {t('download')}
      </a>
      {t('hint', { count: maxExportedMutes })}
    </p>
  )
}
