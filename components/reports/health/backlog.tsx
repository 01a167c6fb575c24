import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { ageBands, type HealthDto, priorityBands } from '@/lib/reports/health-rules'
import { useDuration } from './duration'
import { None } from './none'
import { Figure, Figures, Section } from './section'
import { Table } from './table'

type BacklogProps = { backlog: HealthDto['backlog']; serverNow: number }

/** What waits at the moment, whatever days the other figures are of. */
export function Backlog({ backlog: { open, overdue, oldest, counts }, serverNow }: BacklogProps) {
  const t = useTranslations('health')
  const format = useFormatter()
  const duration = useDuration()
  const rows = priorityBands.map(({ band, from }, index) => {
    const below = priorityBands[index - 1]?.from ?? from
    return {
      key: band,
      name: t(`backlog.bands.${band}`, { from, to: below - 1, below }),
      cells: ageBands.map((age) => {
        const count = counts[band][age.band]
        return (
          <span key={age.band} className={count === 0 ? 'text-muted' : undefined}>
            {format.number(count)}
          </span>
        )
      }),
    }
  })
  return (
    <Section id="backlog" title={t('backlog.title')} what={t('backlog.what')}>
      <Figures>
        <Figure name="open" label={t('backlog.open')}>
          {t('counted', { count: open })}
        </Figure>
        <Figure name="overdue" label={t('backlog.overdue')}>
          {t('counted', { count: overdue })}
        </Figure>
        <Figure name="oldest" label={t('backlog.oldest')}>
          {oldest === null ? (
            <None />
          ) : (
            <>
              {duration((serverNow - oldest.since) / 1_000)}{' '}
              <Link
                href={`/reports/${oldest.id}`}
                prefetch={false}
                className="text-base font-normal text-accent-text underline"
              >
                {t('backlog.case', { number: oldest.number })}
              </Link>
            </>
          )}
        </Figure>
      </Figures>
      <Table
        label={t('backlog.table')}
        columns={[t('backlog.priority'), ...ageBands.map(({ band }) => t(`backlog.ages.${band}`))]}
        rows={rows}
      />
    </Section>
  )
}
