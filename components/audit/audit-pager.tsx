import { ChevronLeft, ChevronRight, ChevronsLeft } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button-class'
import type { pageLinks } from './audit-query'

/** The ways to the pages beside this one. */
export function AuditPager({ newest, newer, older }: ReturnType<typeof pageLinks>) {
  const t = useTranslations('audit.pager')
  if (!newest && !newer && !older) return null
  const icon = 'size-4'
  return (
    <nav aria-label={t('label')} className="flex flex-wrap gap-2">
      {newest && (
        <Link href={newest} className={buttonClass()}>
          <ChevronsLeft aria-hidden className={icon} />
          {t('newest')}
        </Link>
      )}
      {newer && (
        <Link href={newer} rel="prev" className={buttonClass()}>
          <ChevronLeft aria-hidden className={icon} />
          {t('newer')}
        </Link>
      )}
      {older && (
        <Link href={older} rel="next" className={buttonClass()}>
          {t('older')}
          <ChevronRight aria-hidden className={icon} />
        </Link>
      )}
    </nav>
  )
}
