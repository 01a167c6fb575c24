import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RunList } from '@/components/bulk-mutes/run-list'
import { AddressState } from '@/components/shell/address-state'
import { requireActor } from '@/lib/auth/require-actor'
import { hasPermission } from '@/lib/auth/roles'
import { listBulkMutes } from '@/lib/bulk-mutes/list'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import { bulkStatuses } from '@/lib/bulk-mutes/rules'
import { appContext } from '@/lib/context'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulkMutes.list')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The runs over many accounts, newest first, narrowed by the URL. */
export default async function BulkMutesPage({ searchParams }: Props) {
  const actor = await requireActor()
  const asked = await searchParams
  const status = bulkStatuses.find((known) => known === asked.status)
  const context = await appContext()
  const queryClient = new QueryClient()
  await queryClient.prefetchInfiniteQuery({
    ...bulkMuteQueries.list(status),
    queryFn: () => listBulkMutes(context, actor, status ? { status } : {}),
  })
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AddressState>
        <RunList mayMake={hasPermission(actor.role, 'mutes:bulk')} />
      </AddressState>
    </HydrationBoundary>
  )
}
