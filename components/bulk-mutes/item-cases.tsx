import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { RunCaseDto } from '@/lib/bulk-mutes/case-schemas'

/** With which cases an account came into a run, and what the run did with each. */
export function ItemCases({ cases }: { cases: readonly RunCaseDto[] }) {
  const t = useTranslations('bulkMutes.cases')
  return (
    <ul className="text-sm">
      {cases.map(({ id, number, state, why }) => (
        <li key={id} data-case-id={id} data-case-state={state}>
          <Link
            href={`/reports/${id}`}
            prefetch={false}
            className="inline-block min-h-6 text-accent-text hover:underline"
          >
            {t('one', { number })}
          </Link>{' '}
          <span className="text-muted">
            {t(`state.${state}`)}
            {why !== null && `: ${t(`why.${why}`)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
