import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LastChanged } from '@/components/settings/last-changed'
import { MutePresetsEditor } from '@/components/settings/mute-presets-editor'
import { EmptyState } from '@/components/ui/empty-state'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { getMutePresets } from '@/lib/settings/get-mute-presets'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

/** What leads choose for everybody. */
export default async function SettingsPage() {
  const actor = await requireActor()
  const t = await getTranslations('settings')
  if (!(await mayOpen(actor, 'settings:write', 'settings.open'))) {
    return (
      <>
        <h1 className="sr-only">{t('title')}</h1>
        <EmptyState icon={<Lock aria-hidden />} title={t('forbidden.title')}>
          {t('forbidden.advice')}
        </EmptyState>
      </>
    )
  }
  const context = await appContext()
  const saved = await getMutePresets(context, actor)
  const serverNow = context.clock.now()
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-3">
      <h1 className="text-xl">{t('title')}</h1>
      <section
        aria-labelledby="mute-presets"
        className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-4"
      >
        <div>
          <h2 id="mute-presets" className="text-lg">
            {t('presets.title')}
          </h2>
          <p className="text-muted">{t('presets.what')}</p>
          <LastChanged changed={saved.changed} serverNow={serverNow} />
        </div>
        <MutePresetsEditor saved={saved} serverNow={serverNow} />
      </section>
    </div>
  )
}
