import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { AbsoluteTime } from '@/components/ui/time'
import type { ReportDto } from '@/lib/reports/case-schemas'
import type { LinkedWithAccusedDto } from '@/lib/reports/linked-dtos'
import { CategoryName } from './categories'
import { Panel } from './panel'
import { Person } from './person'
import { SafeLines } from './safe-lines'
import { SideFrame } from './side-frame'

const ReporterIsAccused = lazy(async () => ({ default: (await import('./rare-parts')).ReporterIsAccused }))
const SweepReporter = lazy(async () => ({ default: (await import('./decide/sweep-reporter')).SweepReporter }))

type ReportListProps = {
  reports: readonly ReportDto[]
  /** the accused's other accounts, of which some may have reported it */
  linked: readonly LinkedWithAccusedDto[]
  /** how many the case has */
  count: number
  connection: string
  /** a lead's: closes everything that is open by a reporter */
  canSweep: boolean
  serverNow: number
}

/** The accusations in their own words, with how often each reporter was right before. */
export function ReportList({ reports, linked, count, connection, canSweep, serverNow }: ReportListProps) {
  const t = useTranslations('reports.case.reports')
  // One offer for each reporter, at the latest report of theirs.
  const firsts = new Map(reports.toReversed().map(({ id, reporter }) => [reporter?.userId, id]))
  return (
    <Panel title={t('title')}>
      <ul className="flex flex-col divide-y divide-line">
        {reports.map((report) => (
          <Report
            key={report.id}
            report={report}
            says={linked.find((one) => one.isReporter && one.userId === report.reporter?.userId)?.says}
            connection={connection}
            canSweep={canSweep && firsts.get(report.reporter?.userId) === report.id}
            serverNow={serverNow}
          />
        ))}
      </ul>
      {count > reports.length && (
        <p className="text-sm text-muted">{t('more', { count: count - reports.length })}</p>
      )}
    </Panel>
  )
}

type ReportProps = Pick<ReportListProps, 'connection' | 'canSweep' | 'serverNow'> & {
  report: ReportDto
  /** who has said that the reporter is the accused */
  says: readonly string[] | undefined
}

function Report({ report, says, connection, canSweep, serverNow }: ReportProps) {
  const t = useTranslations('reports.case.reports')
  const words = useTranslations('reports')
  const { reporter, verdict, source } = report
  const { valid, judged } = reporter?.accuracy ?? { valid: 0, judged: 0 }
  return (
    <li className="flex flex-col gap-1 py-2 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <SideFrame side="reporter">
          {reporter ? (
            <Person connection={connection} userId={reporter.userId} nickname={reporter.nickname} />
          ) : (
            words(source === 'console' ? 'case.nobody' : 'case.moderation')
          )}
        </SideFrame>
        <span>
          <CategoryName category={report.category} />
        </span>
        <AbsoluteTime at={report.receivedAt} serverNow={serverNow} className="text-muted" />
        <span className="text-muted">{t(`sources.${source}`)}</span>
        {verdict && <Badge>{words(`verdicts.${verdict}`)}</Badge>}
      </div>
      {report.text === '' ? <p className="text-muted">{t('noText')}</p> : <SafeLines text={report.text} />}
      {reporter && (
        <p className="text-sm text-muted">{judged === 0 ? t('unknown') : t('accuracy', { valid, judged })}</p>
      )}
      {says && (
        <Suspense>
          <ReporterIsAccused says={says} />
        </Suspense>
      )}
      {(['byAccused', 'byReporter'] as const).map(
        (side) =>
          reporter &&
          reporter.mutual[side].count > 0 && (
            <p key={side} data-mutual={side} className="text-sm text-muted">
              {t(`mutual.${side}`, reporter.mutual[side])}
            </p>
          ),
      )}
      {reporter && canSweep && <Sweep connection={connection} reporterId={reporter.userId} />}
    </li>
  )
}

/** For leads alone, who need it seldom: loaded when they ask for it. */
function Sweep({ connection, reporterId }: { connection: string; reporterId: string }) {
  const t = useTranslations('reports.sweep')
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Button variant="ghost" className="self-start" onClick={() => setAsked(true)}>
        {t('ask')}
      </Button>
    )
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <SweepReporter connection={connection} reporterId={reporterId} onClose={() => setAsked(false)} />
    </Suspense>
  )
}
