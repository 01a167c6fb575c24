import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { getFormatter, getTranslations } from 'next-intl/server'
import { failureAdvice } from '@/components/mutes/advice'
import { buttonClass } from '@/components/ui/button-class'
import { SafeText } from '@/components/ui/safe-text'
import type { BulkItemDto, BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import type { MuteFailure, Until } from '@/lib/mutes/schemas'
import { ItemCases } from './item-cases'
import { PrintButton } from './print-button'
import { RunFacts } from './run-facts'
import { byNeed, changesToTell, isStarted, itemName, stateOrder } from './run-model'

type RunReportProps = { run: BulkMuteDto; items: readonly BulkItemDto[] }

/** A run on paper: its facts, its counts and every account, written out in full. */
export async function RunReport({ run, items }: RunReportProps) {
  const t = await getTranslations('bulkMutes')
  const format = await getFormatter()
  const isResult = isStarted(run)
  const counts = stateOrder.filter((state) => run.states[state] > 0)
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4">
      <div className="flex flex-wrap gap-2 print:hidden">
        <Link href={`/bulk-mutes/${run.id}`} className={buttonClass()}>
          <ArrowLeft aria-hidden className="size-4" />
          {t('report.back')}
        </Link>
        <PrintButton />
      </div>
      <RunFacts run={run} isOnPaper />
      {isResult && (
        <p className="font-semibold">
          {counts
            .map((state) => t('items.counter', { label: t(`states.${state}`), count: run.states[state] }))
            .join(' · ')}
        </p>
      )}
      <p className="text-sm text-muted">
        {t('report.made', { time: format.dateTime(run.serverNow, 'full') })}{' '}
        <span className="font-mono">{run.id}</span>
      </p>
      <table
        aria-label={t(run.userId === null ? 'items.title' : 'inGroups.title')}
        className="w-full border-collapse border border-line bg-surface text-sm [&_td]:border [&_td]:border-line [&_td]:px-2 [&_td]:py-1 [&_td]:align-top [&_td]:wrap-anywhere [&_th]:border [&_th]:border-line [&_th]:px-2 [&_th]:py-1 [&_th]:text-start"
      >
        <thead>
          <tr>
            <th scope="col">{t(run.userId === null ? 'report.account' : 'inGroups.column')}</th>
            <th scope="col">{isResult ? t('report.outcome') : t('report.forecast')}</th>
            <th scope="col">{t('report.change')}</th>
          </tr>
        </thead>
        <tbody>
          {(isResult ? byNeed(items) : items).map((item) => (
            <Row key={itemName(item)} run={run} item={item} isResult={isResult} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

async function Row({ run, item, isResult }: { run: BulkMuteDto; item: BulkItemDto; isResult: boolean }) {
  const t = await getTranslations('bulkMutes')
  const scopes = await getTranslations('mutes.scopes')
  const changes = await getTranslations('audit.changes')
  const format = await getFormatter()
  const { state, skipped, failure, forecast } = item
  const name = item.groupId === null ? item.nickname : item.groupName
  const end = (until: Until | null) => {
    if (until === null) return changes('none')
    return until === 'forever'
      ? changes('forever')
      : changes('until', { time: format.dateTime(until, 'yearTime') })
  }
  return (
    <tr className="break-inside-avoid">
      <td>
        {name !== null && (
          <span className="block">
            <SafeText text={name} />
          </span>
        )}
        <bdi dir="ltr" className="font-mono whitespace-pre-wrap">
          {itemName(item)}
        </bdi>
        {item.cases.length > 0 && <ItemCases cases={item.cases} />}
      </td>
      <td>
        {isResult ? t(`states.${state}`) : forecast && t(`reasons.${forecast}`)}
        {isResult && skipped && `: ${t(`reasons.${skipped}`)}`}
        {isResult && item.differs && `: ${t('items.differs')}`}
        {isResult && failure && state !== 'applied' && (
          <Failure provider={run.connection.provider} failure={failure} />
        )}
      </td>
      <td>
        {changesToTell(item, isResult)
          .filter(({ before, after }) => before !== after)
          .map(({ scope, before, after }) => (
            <span key={scope} className="block">
              {changes('line', { scope: scopes(scope), before: end(before), after: end(after) })}
            </span>
          ))}
      </td>
    </tr>
  )
}

type FailureProps = { provider: BulkMuteDto['connection']['provider']; failure: MuteFailure }

async function Failure({ provider, failure }: FailureProps) {
  const { meaning } = await failureAdvice(provider, failure)
  return (
    <span className="block first-letter:uppercase">
      {meaning} ({failure.providerCode ?? failure.kind})
    </span>
  )
}
