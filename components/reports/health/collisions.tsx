import { useTranslations } from 'next-intl'
import type { HealthDto } from '@/lib/reports/health-rules'
import { Figure, Figures, Section } from './section'

/** What two would have done at once, had the database let them. */
export function Collisions({ collisions }: Pick<HealthDto, 'collisions'>) {
  const t = useTranslations('health')
  return (
    <Section id="collisions" title={t('collisions.title')} what={t('collisions.what')}>
      <Figures>
        {(['changed', 'claimed', 'lost'] as const).map((kind) => (
          <Figure key={kind} name={`collisions-${kind}`} label={t(`collisions.${kind}`)}>
            {t('counted', { count: collisions[kind] })}
          </Figure>
        ))}
      </Figures>
    </Section>
  )
}
