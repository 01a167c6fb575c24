import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CollectScreen } from '@/components/bulk-mutes/collect-screen'
import { Forbidden } from '@/components/shell/forbidden'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { hasPermission } from '@/lib/auth/roles'
import { appContext } from '@/lib/context'
import { listConnections } from '@/lib/provider'
import { getMutePresets } from '@/lib/settings/get-mute-presets'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulkCollect')
  return { title: t('title') }
}

/** Collects the accounts of a bulk mute and what shall become of them; what follows is its preview. */
export default async function NewBulkMutePage() {
  const actor = await requireActor()
  const t = await getTranslations('bulkCollect')
  if (!(await mayOpen(actor, 'mutes:bulk', 'bulk-mutes.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden.title')} advice={t('forbidden.advice')} />
  }
  const context = await appContext()
  const { presets } = await getMutePresets(context, actor)
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="text-muted">{t('what')}</p>
      <CollectScreen
        actorId={actor.id}
        canMuteForever={hasPermission(actor.role, 'mutes:apply-forever')}
        connections={listConnections().map((connection) => ({
          ...connection,
          scopes: context.provider(connection.key).capabilities.globalScopes,
        }))}
        presets={presets}
        serverNow={context.clock.now()}
      />
    </div>
  )
}
