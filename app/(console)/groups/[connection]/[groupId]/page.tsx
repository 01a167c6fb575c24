import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { UnknownConnection } from '@/components/accounts/wrong-address'
import { GroupScreen } from '@/components/groups/group-screen'
import { safePlain } from '@/components/ui/safe-text'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { getGroup } from '@/lib/groups/get'
import { groupQueries } from '@/lib/groups/query-options'
import { groupKeySchema } from '@/lib/groups/schemas'
import { listConnections } from '@/lib/provider'
import { decodePathSegment } from '@/lib/read'
import { getMutePresets } from '@/lib/settings/get-mute-presets'

type Params = { connection: string; groupId: string }

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { groupId } = await params
  const t = await getTranslations('groups')
  return { title: t('pageTitle', { id: safePlain(decodePathSegment(groupId), 60) }) }
}

/** One group: who is in it, who is muted there, and the form to do something. */
export default async function GroupPage({ params }: { params: Promise<Params> }) {
  const actor = await requireActor()
  const { connection, groupId } = await params
  const asked = { connection: decodePathSegment(connection), groupId: decodePathSegment(groupId) }
  const key = groupKeySchema.safeParse(asked)
  const connections = listConnections()
  if (!connections.some((known) => known.key === asked.connection)) {
    const t = await getTranslations('groups')
    const title = t('pageTitle', { id: safePlain(asked.groupId, 60) })
    const about = { name: asked.connection, title, id: asked.groupId, connections }
    return <UnknownConnection {...about} base="/groups" />
  }
  if (!key.success) notFound()
  const context = await appContext()
  const queryClient = new QueryClient()
  const [{ presets }] = await Promise.all([
    getMutePresets(context, actor),
    queryClient.prefetchQuery({
      ...groupQueries.view(key.data),
      queryFn: () => getGroup(context, actor, key.data),
    }),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <GroupScreen groupKey={key.data} actor={{ id: actor.id, role: actor.role }} presets={presets} />
    </HydrationBoundary>
  )
}
