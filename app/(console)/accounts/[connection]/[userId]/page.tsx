import { setImmediate } from 'node:timers/promises'
import { type DehydratedState, dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cache, Suspense } from 'react'
import { AccountScreen } from '@/components/accounts/account-screen'
import { InvalidAccountAddress, UnknownConnection } from '@/components/accounts/wrong-address'
import { AccountNotes } from '@/components/reports/account-notes'
import { LinkedAccounts } from '@/components/reports/linked-accounts'
import { LinkedList } from '@/components/reports/linked-list'
import { safePlain } from '@/components/ui/safe-text'
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
import { listLinkedAccounts } from '@/lib/reports/list-linked'
import { listNotes } from '@/lib/reports/list-notes'
import { getMutePresets } from '@/lib/settings/get-mute-presets'

type Params = { connection: string; userId: string }

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const asked = decoded(await params)
  const { connection, userId } = asked
  // This has its turn before the frame is made, and the page only after it: by then the provider has been asked.
  if (isAccount(asked)) readAccount(connection, userId).catch(() => {})
  const t = await getTranslations('accounts.page')
  const name = listConnections().find(({ key }) => key === connection)?.name ?? connection
  return { title: t('title', { id: userId, connection: name }) }
}

/** One account: who it is, where it may write, what was done to it, and the form to do something. */
export default async function AccountPage({ params }: { params: Promise<Params> }) {
  const actor = await requireActor()
  const account = decoded(await params)
  if (!isConnected(account)) return <AccountElsewhere account={account} />
  if (!isAccount(account)) return <InvalidAccountAddress />
  return (
    <Suspense key={encodePath(account.connection, account.userId)} fallback={<Skeleton lines={9} />}>
      <LoadedAccount actor={actor} account={account} />
    </Suspense>
  )
}

async function AccountElsewhere({ account: { connection, userId } }: { account: AccountKey }) {
  const t = await getTranslations('accounts.page')
  return (
    <UnknownConnection
      name={connection}
      title={t('title', { id: userId, connection: safePlain(connection, 32) })}
      id={userId}
      base="/accounts"
      connections={listConnections()}
    />
  )
}

/** Everything that the screen begins with. */
async function LoadedAccount({ actor, account }: { actor: Actor; account: AccountKey }) {
  const context = await appContext()
  const maySeeReports = hasPermission(actor.role, 'reports:read')
  const reading = readAccount(account.connection, account.userId)
  await afterThePermits()
  const [state, { presets }, noted, links] = await Promise.all([
    reading,
    getMutePresets(context, actor),
    maySeeReports ? listNotes(context, actor, account) : null,
    maySeeReports ? listLinkedAccounts(context, actor, account) : null,
  ])
  const connections = listConnections()
  return (
    <HydrationBoundary state={state}>
      <AccountScreen
        accountKey={account}
        actor={{ id: actor.id, role: actor.role }}
        presets={presets}
        connections={connections}
        linked={
          links && (
            <LinkedAccounts account={account} linked={links.linked} connections={connections} actor={actor}>
              <LinkedList {...links} home={account.connection} connections={connections} />
            </LinkedAccounts>
          )
        }
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

/** What the browser's queries begin with, under their own keys; read once for each request. */
const readAccount = cache(async (connection: string, userId: string): Promise<DehydratedState> => {
  const actor = await requireActor()
  const context = await appContext()
  const account = { connection, userId }
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
  await afterThePermits()
  await Promise.all([
    provided,
    queryClient.prefetchInfiniteQuery({
      ...muteQueries.history(account),
      queryFn: () => muteHistory(context, actor, account),
    }),
  ])
  return dehydrate(queryClient)
})

/** The provider's answers take longest: its permits must not stand in line behind our own questions. */
const afterThePermits = () => setImmediate()

function isConnected({ connection }: AccountKey): boolean {
  return listConnections().some(({ key }) => key === connection)
}

/** Whether there can be such an account. */
function isAccount(asked: AccountKey): boolean {
  return isConnected(asked) && accountKeySchema.safeParse(asked).success
}

/** Pages get the segments of the path as the address has them. */
function decoded({ connection, userId }: Params): AccountKey {
  return { connection: decodePathSegment(connection), userId: decodePathSegment(userId) }
}
