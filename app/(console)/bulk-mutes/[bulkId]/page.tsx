import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { RunScreen } from '@/components/bulk-mutes/run-screen'
import { AddressState } from '@/components/shell/address-state'
import { requireActor } from '@/lib/auth/require-actor'
import { findBulkMute } from '@/lib/bulk-mutes/get'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import { appContext } from '@/lib/context'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulkMutes')
  return { title: t('title') }
}

/** One run over many accounts: its preview, its progress, its result. */
export default async function BulkMutePage({ params }: { params: Promise<{ bulkId: string }> }) {
  const actor = await requireActor()
  const { bulkId } = await params
  const run = await findBulkMute(await appContext(), actor, bulkId)
  if (!run) notFound()
  const queryClient = new QueryClient()
  queryClient.setQueryData(bulkMuteQueries.one(run.id).queryKey, run)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AddressState>
        <RunScreen key={run.id} bulkId={run.id} role={actor.role} />
      </AddressState>
    </HydrationBoundary>
  )
}
