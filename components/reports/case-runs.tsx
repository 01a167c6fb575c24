import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { safePlain } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { CaseViewDto } from '@/lib/reports/case-schemas'
import { Panel } from './panel'

/** The bulk mutes that a case was made part of, with what each did with it and why not. */
export function CaseRuns({ runs, serverNow }: Pick<CaseViewDto, 'runs' | 'serverNow'>) {
  const t = useTranslations('reports.case.runs')
  const words = useTranslations('bulkMutes.cases')
  return (
    <Panel title={t('title')}>
      <ul className="flex flex-col gap-1">
        {runs.map(({ bulkId, by, at, state, why }) => (
          <li key={bulkId} data-run-state={state}>
            <Link
              href={`/bulk-mutes/${bulkId}`}
              prefetch={false}
              className="inline-block min-h-6 text-accent-text hover:underline"
            >
              {t('link', { name: safePlain(by, 40) })}
            </Link>{' '}
            <span className="text-sm text-muted">
              <AbsoluteTime at={at} serverNow={serverNow} />
            </span>
            <span className="block">
              {words(`state.${state}`)}
              {why !== null && `: ${words(`why.${why}`)}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
