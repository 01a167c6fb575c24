import { useTranslations } from 'next-intl'
import { SafeText } from '@/components/ui/safe-text'
import type { HealthDto } from '@/lib/reports/health-rules'
import { useDuration } from './duration'
import { None } from './none'
import { Section } from './section'
import { Table } from './table'

/** Whom a lead may want to speak with: by name alone, so that nobody is first or last. */
export function People({ people }: Pick<HealthDto, 'people'>) {
  const t = useTranslations('health')
  const duration = useDuration()
  return (
    <Section id="people" title={t('people.title')} what={t('people.what')}>
      {people.length === 0 ? (
        <p>{t('people.empty')}</p>
      ) : (
        <Table
          label={t('people.title')}
          columns={[t('people.name'), t('people.held'), t('people.appeals')]}
          rows={people.map(({ id, name, heldSeconds, appeals, changed }) => ({
            key: id,
            name: <SafeText text={name} maxLength={48} />,
            cells: [
              heldSeconds === 0 ? <None key="none" /> : duration(heldSeconds),
              appeals === 0 ? <None key="none" /> : t('people.of', { changed, answered: appeals }),
            ],
          }))}
        />
      )}
    </Section>
  )
}
