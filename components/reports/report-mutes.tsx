import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { safePlain } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { ReportMuteDto, SetAsideReportDto } from '@/lib/reports/report-mute-schemas'
import { CategoryName } from './categories'
import { LiftReportMute } from './lift-report-mute'
import { Person } from './person'
import { SafeLines } from './safe-lines'
import { SideFrame } from './side-frame'

type ReportMutesProps = { mutes: readonly ReportMuteDto[]; serverNow: number }

/** Whose reports are set aside, until when and by whom, and what came of them meanwhile. */
export function ReportMutes({ mutes, serverNow }: ReportMutesProps) {
  return (
    <ul className="flex flex-col gap-3">
      {mutes.map((mute) => (
        <Mute key={mute.id} mute={mute} serverNow={serverNow} />
      ))}
    </ul>
  )
}

function Mute({ mute, serverNow }: { mute: ReportMuteDto; serverNow: number }) {
  const t = useTranslations('reports.setAside')
  const { reporter, connection, reports, reportCount } = mute
  const time = (at: number) => ({ time: () => <AbsoluteTime at={at} serverNow={serverNow} /> })
  return (
    <li
      data-reporter-id={reporter.userId}
      className="flex flex-col gap-1 rounded-panel border border-line bg-surface p-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SideFrame side="reporter">
          <Person connection={connection} userId={reporter.userId} nickname={reporter.nickname} />
        </SideFrame>
        <span className="font-medium">{endOf(mute, t, time)}</span>
      </div>
      <p className="text-sm text-muted">
        {t.rich('by', { name: safePlain(mute.mutedBy, 40), ...time(mute.mutedAt) })}{' '}
        {mute.case && (
          <Link
            href={`/reports/${mute.case.id}`}
            prefetch={false}
            className="inline-block min-h-6 text-accent-text hover:underline"
          >
            {t('inCase', { number: mute.case.number })}
          </Link>
        )}
      </p>
      {mute.isInForce && <LiftReportMute reportMuteId={mute.id} reporterId={reporter.userId} />}
      {reportCount === 0 && <p className="text-muted">{t('count', { count: 0 })}</p>}
      {reportCount > 0 && (
        <details>
          <summary className="min-h-6 cursor-pointer">{t('count', { count: reportCount })}</summary>
          <ul className="flex flex-col divide-y divide-line">
            {reports.map((report) => (
              <Kept key={report.id} report={report} connection={connection} serverNow={serverNow} />
            ))}
          </ul>
          {reportCount > reports.length && (
            <p className="text-sm text-muted">{t('more', { count: reportCount - reports.length })}</p>
          )}
        </details>
      )}
    </li>
  )
}

type Words = ReturnType<typeof useTranslations<'reports.setAside'>>
type Time = (at: number) => { time: () => ReactNode }

function endOf({ isInForce, until, liftedAt, liftedBy }: ReportMuteDto, t: Words, time: Time) {
  if (isInForce) return t.rich('until', time(until))
  if (liftedAt === null) return t.rich('ended', time(until))
  return t.rich('lifted', { name: safePlain(liftedBy ?? '', 40), ...time(liftedAt) })
}

type KeptProps = { report: SetAsideReportDto; connection: string; serverNow: number }

function Kept({ report, connection, serverNow }: KeptProps) {
  const t = useTranslations('reports.case.reports')
  return (
    <li className="flex flex-col gap-1 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <SideFrame side="accused">
          <Person connection={connection} userId={report.accusedId} nickname={null} />
        </SideFrame>
        <CategoryName category={report.category} />
        <AbsoluteTime at={report.receivedAt} serverNow={serverNow} className="text-muted" />
        <span className="text-muted">{t(`sources.${report.source}`)}</span>
      </div>
      {report.text === '' ? <p className="text-muted">{t('noText')}</p> : <SafeLines text={report.text} />}
    </li>
  )
}
