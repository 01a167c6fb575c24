import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { GroupFilters } from '@/components/groups/group-filters'
import { GroupList } from '@/components/groups/group-list'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { findGroups } from '@/lib/groups/find'
import { groupQueries } from '@/lib/groups/query-options'
import { type FindGroupsInput, findGroupsSchema } from '@/lib/groups/schemas'
import { listConnections } from '@/lib/provider'

type SearchParams = Record<string, string | string[] | undefined>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('groups')
  return { title: t('title') }
}

/** The groups by id or name part; without a text the largest ones. */
export default async function GroupsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const { q, connection } = await searchParams
  const t = await getTranslations('groups')
  const parsed = findGroupsSchema.safeParse({ q, ...(connection ? { connection } : {}) })
  // What cannot be asked for lists as if nothing had been: the fields show what is listed.
  const asked: FindGroupsInput = parsed.success ? parsed.data : { q: '' }
  const context = await appContext()
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery({
    ...groupQueries.find(asked),
    queryFn: () => findGroups(context, actor, asked),
  })
  const connections = listConnections()
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="mx-auto flex max-w-5xl flex-col gap-3">
        <h1 className="text-xl">{t('title')}</h1>
        <GroupFilters asked={asked} connections={connections} />
        <GroupList asked={asked} connections={connections} />
      </div>
    </HydrationBoundary>
  )
}
