import { BellOff } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ReportMutes } from '@/components/reports/report-mutes'
import { Forbidden } from '@/components/shell/forbidden'
import { EmptyState } from '@/components/ui/empty-state'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { listReportMutes } from '@/lib/reports/list-report-mutes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports.setAside')
  return { title: t('title') }
}

/** Whose reports are set aside, and what that kept from the queue; for leads. */
export default async function SetAsidePage() {
  const actor = await requireActor()
  const t = await getTranslations('reports.setAside')
  if (!(await mayOpen(actor, 'reports:lead', 'reports.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden')} />
  }
  const { mutes, serverNow } = await listReportMutes(await appContext(), actor)
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-3">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="text-muted">{t('what')}</p>
      {mutes.length === 0 && <EmptyState icon={<BellOff aria-hidden />} title={t('none')} />}
      <ReportMutes mutes={mutes} serverNow={serverNow} />
    </div>
  )
}
