import { clsx } from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { defaultHealthDays, type HealthDays, healthDays } from '@/lib/reports/health-rules'

/** Over how many days the figures are; links, so that each is a view to share. */
export function Spans({ days }: { days: HealthDays }) {
  const t = useTranslations('health.spans')
  return (
    <nav aria-label={t('label')}>
      <ul className="flex flex-wrap gap-1 border-b border-line">
        {healthDays.map((span) => (
          <li key={span}>
            <Link
              href={healthHref(span)}
              prefetch={false}
              aria-current={span === days ? 'page' : undefined}
              className={clsx(
                'flex min-h-control items-center rounded-t-control border-b-2 px-3 -outline-offset-2!',
                span === days
                  ? 'border-accent-text font-semibold text-accent-text'
                  : 'border-transparent text-muted hover:text-text',
              )}
            >
              {t('days', { days: span })}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The one address of a span. */
export function healthHref(days: HealthDays): string {
  return days === defaultHealthDays ? '/reports/health' : `/reports/health?days=${days}`
}
