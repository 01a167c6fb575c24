import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ConnectionFilter } from '@/components/accounts/connection-filter'
import { SearchResults } from '@/components/accounts/search-results'
import { AddressState } from '@/components/shell/address-state'
import { searchSchema } from '@/lib/accounts/schemas'
import { requireActor } from '@/lib/auth/require-actor'
import { hasPermission } from '@/lib/auth/roles'
import { appContext } from '@/lib/context'
import { muteQueries } from '@/lib/mutes/query-options'
import { searchAccountsWithMutes } from '@/lib/mutes/search-accounts'
import { listConnections } from '@/lib/provider'

type SearchParams = Record<string, string | string[] | undefined>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts.search')
  return { title: t('title') }
}

/** The search: what the URL asks for is found before the page is sent; the box in the frame changes the URL. */
export default async function AccountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const { q, connection } = await searchParams
  const t = await getTranslations('accounts.search')
  const queryClient = new QueryClient()
  const asked = searchSchema.safeParse({ q, ...(connection ? { connection } : {}) })
  if (asked.success && asked.data.q.trim() !== '') {
    const context = await appContext()
    await queryClient.prefetchQuery({
      ...muteQueries.search(asked.data),
      queryFn: () => searchAccountsWithMutes(context, actor, asked.data),
    })
  }
  const connections = listConnections()
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AddressState>
        <div className="mx-auto flex max-w-5xl flex-col gap-2">
          <div className="flex min-h-control flex-wrap items-center justify-between gap-2">
            <h1 className="text-xl">{t('title')}</h1>
            <ConnectionFilter connections={connections} />
          </div>
          <SearchResults
            connections={connections}
            bulkActorId={hasPermission(actor.role, 'mutes:bulk') ? actor.id : null}
          />
        </div>
      </AddressState>
    </HydrationBoundary>
  )
}
