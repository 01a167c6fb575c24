import { useTranslations } from 'next-intl'
import type { HealthDto } from '@/lib/reports/health-rules'
import { useDuration } from './duration'
import { None } from './none'
import { Figure, Figures, Section } from './section'
import { Table } from './table'

/** How long cases waited until somebody took them, and until they were decided; and how often they were passed over. */
export function Waits({ health }: { health: HealthDto }) {
  const t = useTranslations('health')
  const duration = useDuration()
  const timeOf = (seconds: number | null) => (seconds === null ? <None key="none" /> : duration(seconds))
  const rows = (['toClaim', 'toClosing'] as const).map((kind) => {
    const { cases, median, p90 } = health[kind]
    return {
      key: kind,
      name: t(`waits.${kind}`),
      cells: [t('counted', { count: cases }), timeOf(median), timeOf(p90)],
    }
  })
  return (
    <Section id="waits" title={t('waits.title')} what={t('waits.what')}>
      <Table
        label={t('waits.title')}
        columns={[t('waits.until'), t('waits.cases'), t('waits.median'), t('waits.p90')]}
        rows={rows}
      />
      <Figures>
        <Figure name="skipped" label={t('waits.skipped')}>
          {t('counted', { count: health.skipped })}
        </Figure>
      </Figures>
    </Section>
  )
}
