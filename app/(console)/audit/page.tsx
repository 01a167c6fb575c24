import { ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { AuditFilters } from '@/components/audit/audit-filters'
import { AuditPager } from '@/components/audit/audit-pager'
import { pageLinks, readAuditQuery, type SearchParams } from '@/components/audit/audit-query'
import { AuditTable } from '@/components/audit/audit-table'
import { Forbidden } from '@/components/shell/forbidden'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { FilterFold } from '@/components/ui/filter-fold'
import { listAudit } from '@/lib/audit/list'
import { listAuditActors } from '@/lib/audit/list-actors'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { listConnections } from '@/lib/provider'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit')
  return { title: t('title') }
}

/** The audit log: what happened, newest first, narrowed and paged by the URL. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const t = await getTranslations('audit')
  if (!(await mayOpen(actor, 'audit:read', 'audit.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden.title')} advice={t('forbidden.advice')} />
  }
  const timeZone = await getTimeZone()
  const query = readAuditQuery(await searchParams, timeZone)
  if (!query.isCanonical) redirect(query.href)

  const { db } = await appContext()
  const [page, actors] = await Promise.all([
    query.input && listAudit(db, actor, query.input),
    listAuditActors(db, actor),
  ])
  const connections = listConnections()
  const isFiltered = Object.values(query.fields).some((value) => value !== '')
  const links = page && pageLinks(query, page.next)
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3">
      <h1 className="text-xl">{t('title')}</h1>
      <FilterFold fields={query.fields}>
        <AuditFilters fields={query.fields} actors={actors} connections={connections} timeZone={timeZone} />
      </FilterFold>
      {!page && (
        <ErrorPanel
          role="none"
          title={t('invalid.title')}
          effect={null}
          actions={
            <Link href="/audit" className={buttonClass()}>
              {t('filters.clear')}
            </Link>
          }
        >
          {t('invalid.advice')}
        </ErrorPanel>
      )}
      {page && page.events.length === 0 && (
        <EmptyState
          icon={<ScrollText aria-hidden />}
          title={isFiltered || query.input?.before ? t('noMatch.title') : t('empty.title')}
        >
          {isFiltered || query.input?.before ? t('noMatch.advice') : t('empty.advice')}
        </EmptyState>
      )}
      {page && page.events.length > 0 && (
        <AuditTable
          events={page.events}
          connections={new Map(connections.map(({ key, name }) => [key, name]))}
        />
      )}
      {links && <AuditPager {...links} />}
    </div>
  )
}
