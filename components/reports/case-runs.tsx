import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { safePlain } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import { hasPermission, type Role } from '@/lib/auth/roles'
import type { CaseViewDto } from '@/lib/reports/case-schemas'
import { Panel } from './panel'

type SimilarProps = { one: CaseViewDto['case']; role: Role }

/** The way to the open cases of the same kind, of which some may be decided together with this one. */
export function SimilarCases({ one, role }: SimilarProps) {
  const t = useTranslations('reports.case.runs')
  const { connection, category, closedAt, status } = one
  const isOpen = closedAt === null && status !== 'merged' && status !== 'decided'
  if (!isOpen || !hasPermission(role, 'mutes:bulk')) return null
  return (
    <Link
      href={`/reports?${new URLSearchParams({ connection, category })}`}
      prefetch={false}
      className="inline-flex min-h-6 items-center text-accent-text hover:underline"
    >
      {t('similar')}
    </Link>
  )
}

/** The bulk mutes that a case was made part of, with what each did with it and why not. */
export function CaseRuns({ runs, serverNow }: Pick<CaseViewDto, 'runs' | 'serverNow'>) {
  const t = useTranslations('reports.case.runs')
  const words = useTranslations('bulkMutes.cases')
  if (runs.length === 0) return null
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
