import { Scale } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { type HealthDto, longestHealthDays } from '@/lib/reports/health-rules'
import { None } from './none'
import { Figure, Figures, Section } from './section'

/** What was decided, and how much of it did not stand. */
export function Decided({ health: { days, decided, swept, appeals } }: { health: HealthDto }) {
  const t = useTranslations('health')
  const format = useFormatter()
  const shareOf = (count: number, all: number) =>
    all === 0 ? <None /> : t('share', { count, share: format.number(count / all, { style: 'percent' }) })
  return (
    <Section id="decided" title={t('decided.title')} what={t('decided.what')}>
      {decided.decisions + swept + appeals.answered === 0 ? (
        <EmptyState icon={<Scale aria-hidden />} title={t('decided.emptyTitle')}>
          {days < longestHealthDays && t('decided.emptyAdvice')}
        </EmptyState>
      ) : (
        <Figures>
          <Figure name="decisions" label={t('decided.decisions')}>
            {t('counted', { count: decided.decisions })}
          </Figure>
          {(['reopened', 'undone', 'overridden', 'badFaith'] as const).map((kind) => (
            <Figure key={kind} name={kind} label={t(`decided.${kind}`)}>
              {shareOf(decided[kind], decided.decisions)}
            </Figure>
          ))}
          <Figure name="swept" label={t('decided.swept')}>
            {t('counted', { count: swept })}
          </Figure>
          <Figure name="answered" label={t('decided.answered')}>
            {t('counted', { count: appeals.answered })}
          </Figure>
          <Figure name="changed" label={t('decided.changed')}>
            {shareOf(appeals.changed, appeals.answered)}
          </Figure>
        </Figures>
      )}
    </Section>
  )
}
