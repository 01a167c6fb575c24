import { setImmediate } from 'node:timers/promises'
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { AccountScreen } from '@/components/accounts/account-screen'
import { InvalidAccountAddress, UnknownConnection } from '@/components/accounts/wrong-address'
import { AccountNotes } from '@/components/reports/account-notes'
import { Skeleton } from '@/components/ui/skeleton'
import { getAccount } from '@/lib/accounts/get'
import { accountQueries } from '@/lib/accounts/query-options'
import { type AccountKey, accountKeySchema } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { requireActor } from '@/lib/auth/require-actor'
import { hasPermission } from '@/lib/auth/roles'
import { appContext } from '@/lib/context'
import { muteHistory } from '@/lib/mutes/history'
import { muteQueries } from '@/lib/mutes/query-options'
import { readMuteMatrix } from '@/lib/mutes/read-matrix'
import { listConnections } from '@/lib/provider'
import { decodePathSegment, encodePath } from '@/lib/read'
import { listNotes } from '@/lib/reports/list-notes'
import { getMutePresets } from '@/lib/settings/get-mute-presets'

type Params = { connection: string; userId: string }

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { connection, userId } = decoded(await params)
  const t = await getTranslations('accounts.page')
  const name = listConnections().find(({ key }) => key === connection)?.name ?? connection
  return { title: t('title', { id: userId, connection: name }) }
}

/** One account: who it is, where it may write, what was done to it, and the form to do something. */
export default async function AccountPage({ params }: { params: Promise<Params> }) {
  const actor = await requireActor()
  const asked = decoded(await params)
  const connections = listConnections()
  if (!connections.some(({ key }) => key === asked.connection))
    return <UnknownConnection name={asked.connection} userId={asked.userId} connections={connections} />
  const key = accountKeySchema.safeParse(asked)
  if (!key.success) return <InvalidAccountAddress />
  return (
    <Suspense key={encodePath(key.data.connection, key.data.userId)} fallback={<Skeleton lines={9} />}>
      <LoadedAccount actor={actor} account={key.data} />
    </Suspense>
  )
}

/** Everything that the screen begins with, read at once and handed over under the browser's own query keys. */
async function LoadedAccount({ actor, account }: { actor: Actor; account: AccountKey }) {
  const context = await appContext()
  const maySeeNotes = hasPermission(actor.role, 'reports:read')
  const queryClient = new QueryClient()
  const provided = Promise.all([
    queryClient.prefetchQuery({
      ...accountQueries.view(account),
      queryFn: () => getAccount(context, actor, account),
    }),
    queryClient.prefetchQuery({
      ...muteQueries.matrix(account),
      queryFn: () => readMuteMatrix(context, actor, account),
    }),
  ])
  // The provider's answers take longest: its permits must not stand in line behind our own questions.
  await setImmediate()
  const [{ presets }, noted] = await Promise.all([
    getMutePresets(context, actor),
    maySeeNotes ? listNotes(context, actor, account) : null,
    queryClient.prefetchInfiniteQuery({
      ...muteQueries.history(account),
      queryFn: () => muteHistory(context, actor, account),
    }),
    provided,
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AccountScreen
        accountKey={account}
        actor={{ id: actor.id, role: actor.role }}
        presets={presets}
        connections={listConnections()}
        notesFirst={noted?.notes.some(({ isSticky }) => isSticky) ?? false}
        notes={
          noted && (
            <AccountNotes
              account={account}
              noted={noted}
              canWork={hasPermission(actor.role, 'reports:work')}
            />
          )
        }
      />
    </HydrationBoundary>
  )
}

/** Pages get the segments of the path as the address has them. */
function decoded({ connection, userId }: Params): AccountKey {
  return { connection: decodePathSegment(connection), userId: decodePathSegment(userId) }
}
