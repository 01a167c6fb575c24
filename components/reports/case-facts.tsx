import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { safePlain } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { CaseViewDto } from '@/lib/reports/case-schemas'
import { useCategories } from './categories'
import { Panel } from './panel'

/** What is known of the accused and of the case beside the evidence: strikes, earlier cases, decisions, what was done. */
export function CaseFacts({ view }: { view: CaseViewDto }) {
  const t = useTranslations('reports.case')
  const words = useTranslations('reports')
  const { nameOf } = useCategories()
  const types = useTranslations('audit.types')
  const { strikes, earlier, decisions, events, serverNow } = view
  const time = (at: number) => () => <AbsoluteTime at={at} serverNow={serverNow} />
  return (
    <>
      <Panel title={t('strikes.title')}>
        {strikes.length === 0 && <p className="text-muted">{t('strikes.none')}</p>}
        <ul className="empty:hidden">
          {strikes.map(({ id, category, givenAt, voidedAt }) => (
            <li key={id}>
              {t.rich('strikes.line', { category: nameOf(category), time: time(givenAt) })}{' '}
              {voidedAt !== null && <Badge>{t('strikes.void')}</Badge>}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('earlier.title')}>
        {earlier.length === 0 && <p className="text-muted">{t('earlier.none')}</p>}
        <ul className="flex flex-col gap-1 empty:hidden">
          {earlier.map(({ id, number, category, status, verdict, openedAt }) => (
            <li key={id}>
              <Link
                href={`/reports/${id}`}
                prefetch={false}
                className="inline-block min-h-6 text-accent-text hover:underline"
              >
                #{number} {nameOf(category)}
              </Link>{' '}
              <span className="text-sm text-muted">
                {verdict ? words(`verdicts.${verdict}`) : words(`statuses.${status}`)} ·{' '}
                <AbsoluteTime at={openedAt} serverNow={serverNow} />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      {decisions.length > 0 && (
        <Panel title={t('decisions.title')}>
          <ul>
            {decisions.map(({ id, by, verdict, status, decidedAt }) => (
              <li key={id}>
                {t.rich('decisions.line', {
                  verdict: words(`verdicts.${verdict}`),
                  name: safePlain(by, 40),
                  time: time(decidedAt),
                })}{' '}
                <Badge>{t(`decisions.statuses.${status}`)}</Badge>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {events.length > 0 && (
        <Panel title={t('history.title')}>
          <ul className="text-sm">
            {events.map(({ type, by, at }) => (
              <li key={`${at} ${type} ${by}`}>
                {t.rich('history.line', { what: types(type), name: safePlain(by, 40), time: time(at) })}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
