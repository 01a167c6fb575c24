import { MicOff, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LedgerSelection } from '@/components/bulk-mutes/ledger-selection'
import { LedgerActions } from '@/components/mutes/ledger-actions'
import { LedgerFilters } from '@/components/mutes/ledger-filters'
import { LedgerFile, LedgerPager } from '@/components/mutes/ledger-pager'
import { ledgerLinks, readLedgerQuery, type SearchParams } from '@/components/mutes/ledger-query'
import { LedgerTable } from '@/components/mutes/ledger-table'
import { StrandedMutes } from '@/components/mutes/stranded-mutes'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { FilterFold } from '@/components/ui/filter-fold'
import { requireActor } from '@/lib/auth/require-actor'
import { hasPermission } from '@/lib/auth/roles'
import { appContext } from '@/lib/context'
import { listMuteAuthors } from '@/lib/mutes/list-authors'
import { listMutesInForce } from '@/lib/mutes/list-in-force'
import { listStrandedMutes } from '@/lib/mutes/list-stranded'
import { listConnections } from '@/lib/provider'
import { getMutePresets } from '@/lib/settings/get-mute-presets'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ledger')
  return { title: t('title') }
}

/** The mutes that hold by the console's ledger, those that end soonest first, narrowed and paged by the URL. */
export default async function MutesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const query = readLedgerQuery(await searchParams)
  if (!query.isCanonical) redirect(query.href)

  const context = await appContext()
  const [t, page, authors, { presets }, stranded] = await Promise.all([
    getTranslations('ledger'),
    query.input && listMutesInForce(context, actor, query.input),
    listMuteAuthors(context, actor),
    getMutePresets(context, actor),
    listStrandedMutes(context, actor),
  ])
  const connections = listConnections()
  const names = new Map(connections.map(({ key, name }) => [key, name]))
  const links = page && ledgerLinks(query, page)
  const isNarrowed = query.isPaged || Object.values(query.fields).some((value) => value !== '')
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="text-muted">{t('what')}</p>
      {stranded.map((left) => (
        <StrandedMutes
          key={left.connection}
          stranded={left}
          canClose={hasPermission(actor.role, 'mutes:apply')}
        />
      ))}
      <FilterFold fields={query.fields}>
        <LedgerFilters fields={query.fields} authors={authors} connections={connections} />
      </FilterFold>
      {!page && (
        <ErrorPanel
          role="none"
          title={t('invalid.title')}
          effect={null}
          actions={
            <Link href="/mutes" className={buttonClass()}>
              {t('filters.clear')}
            </Link>
          }
        >
          {t('invalid.advice')}
        </ErrorPanel>
      )}
      {page && page.mutes.length === 0 && isNarrowed && (
        <EmptyState icon={<SearchX aria-hidden />} title={t('noMatch.title')}>
          {t('noMatch.advice')}
        </EmptyState>
      )}
      {page && page.mutes.length === 0 && !isNarrowed && (
        <EmptyState icon={<MicOff aria-hidden />} title={t('empty.title')}>
          {t('empty.advice')}
        </EmptyState>
      )}
      {page && page.mutes.length > 0 && (
        <LedgerSelection
          actorId={hasPermission(actor.role, 'mutes:bulk') ? actor.id : null}
          rows={page.mutes.map(({ connection, userId, groupId, topicId, scope }) => ({
            ...{ connection, userId, groupId, topicId, scope },
          }))}
          names={names}
        >
          <LedgerActions
            actor={{ id: actor.id, role: actor.role }}
            presets={presets}
            connections={connections}
          >
            <LedgerTable
              mutes={page.mutes}
              connections={names}
              serverNow={page.serverNow}
              canReadReports={hasPermission(actor.role, 'reports:read')}
            />
          </LedgerActions>
        </LedgerSelection>
      )}
      {links && <LedgerPager {...links} />}
      {links && page.mutes.length > 0 && <LedgerFile href={links.file} />}
    </div>
  )
}
