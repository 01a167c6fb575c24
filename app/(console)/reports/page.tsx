import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LiveCases } from '@/components/reports/live-cases'
import { NextButton } from '@/components/reports/next-button'
import { QueueEmpty } from '@/components/reports/queue-empty'
import { QueueFilters } from '@/components/reports/queue-filters'
import { QueueList } from '@/components/reports/queue-list'
import { QueueNews } from '@/components/reports/queue-news'
import { QueueOutlook } from '@/components/reports/queue-outlook'
import { QueuePager } from '@/components/reports/queue-pager'
import { readQueueQuery, type SearchParams } from '@/components/reports/queue-query'
import { QueueTabs } from '@/components/reports/queue-tabs'
import { Forbidden } from '@/components/shell/forbidden'
import { buttonClass } from '@/components/ui/button-class'
import { ErrorPanel } from '@/components/ui/error-panel'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { hasPermission } from '@/lib/auth/roles'
import { appContext } from '@/lib/context'
import { listConnections } from '@/lib/provider'
import { countTabs } from '@/lib/reports/count-tabs'
import { foreseeLooks } from '@/lib/reports/foresee-looks'
import { listCases } from '@/lib/reports/list'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports.queue')
  return { title: t('title') }
}

/** The queue of cases: a tab of it, narrowed and paged by the URL. */
export default async function ReportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const t = await getTranslations('reports.queue')
  if (!(await mayOpen(actor, 'reports:read', 'reports.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden.title')} advice={t('forbidden.advice')} />
  }
  const form = await getTranslations('reports.new')
  const health = await getTranslations('health')
  const aside = await getTranslations('reports.setAside')
  const query = readQueueQuery(await searchParams)
  if (!query.isCanonical) redirect(query.href)

  const context = await appContext()
  const [page, counts] = await Promise.all([
    query.input && listCases(context, actor, query.input),
    countTabs(context, actor),
  ])
  const isNarrowed = query.isNarrowed || query.isPaged
  const isClear = page?.cases.length === 0 && query.fields.tab === 'new' && !isNarrowed
  const looks = isClear ? await foreseeLooks(context, actor) : null
  const connections = listConnections()
  const canMuteMany = hasPermission(actor.role, 'mutes:bulk') && hasPermission(actor.role, 'reports:work')
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="me-auto text-xl">{t('title')}</h1>
        {hasPermission(actor.role, 'reports:lead') && (
          <>
            <Link href="/reports/health" prefetch={false} className={buttonClass('ghost')}>
              {health('link')}
            </Link>
            <Link href="/reports/set-aside" prefetch={false} className={buttonClass('ghost')}>
              {aside('title')}
            </Link>
          </>
        )}
        {hasPermission(actor.role, 'reports:file') && (
          <Link href="/reports/new" prefetch={false} className={buttonClass()}>
            {form('title')}
          </Link>
        )}
        {hasPermission(actor.role, 'reports:work') && (
          <NextButton
            variant="primary"
            label={t('next')}
            filters={{ connection: query.fields.connection, category: query.fields.category }}
          />
        )}
      </div>
      <QueueTabs counts={counts} fields={query.fields} />
      <QueueFilters fields={query.fields} connections={connections} />
      <LiveCases />
      {page && !query.isPaged && (
        <QueueNews
          key={query.href}
          filters={query.fields}
          shown={page.cases.map(({ id }) => id)}
          serverNow={page.serverNow}
        />
      )}
      {!page && (
        <ErrorPanel
          role="none"
          title={t('invalid.title')}
          effect={null}
          actions={
            <Link href="/reports" className={buttonClass()}>
              {t('filters.clear')}
            </Link>
          }
        >
          {t('invalid.advice')}
        </ErrorPanel>
      )}
      {page && page.cases.length === 0 && (
        <QueueEmpty
          tab={query.fields.tab}
          isNarrowed={isNarrowed}
          outlook={looks && <QueueOutlook counts={counts} looks={looks} serverNow={page.serverNow} />}
        />
      )}
      {page && page.cases.length > 0 && (
        <QueueList
          key={query.href}
          cases={page.cases}
          fields={query.fields}
          connections={new Map(connections.map(({ key, name }) => [key, name]))}
          serverNow={page.serverNow}
          {...(canMuteMany && {
            selection: { actorId: actor.id, hasMore: page.next !== null },
          })}
        />
      )}
      {page && <QueuePager query={query} next={page.next} />}
    </div>
  )
}
