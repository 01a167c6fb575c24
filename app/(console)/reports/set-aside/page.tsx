import { BellOff } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { ReportMutes } from '@/components/reports/report-mutes'
import { Forbidden } from '@/components/shell/forbidden'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { listReportMutes } from '@/lib/reports/list-report-mutes'
import { reportMuteCursorSchema } from '@/lib/reports/report-mute-schemas'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports.setAside')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Whose reports are set aside, and what that kept from the queue; for leads. */
export default async function SetAsidePage({ searchParams }: Props) {
  const actor = await requireActor()
  const t = await getTranslations('reports.setAside')
  const health = await getTranslations('health')
  if (!(await mayOpen(actor, 'reports:lead', 'reports.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden')} />
  }
  // What is no cursor begins at the first page.
  const { data: after = null } = reportMuteCursorSchema.safeParse(await searchParams)
  const { mutes, next, serverNow } = await listReportMutes(await appContext(), actor, after)
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="me-auto text-xl">{t('title')}</h1>
        <Link href="/reports" prefetch={false} className={buttonClass()}>
          {health('back')}
        </Link>
      </div>
      <p className="text-muted">{t('what')}</p>
      {mutes.length === 0 && <EmptyState icon={<BellOff aria-hidden />} title={t('none')} />}
      <ReportMutes mutes={mutes} serverNow={serverNow} />
      {next && (
        <Link
          href={{ query: next }}
          prefetch={false}
          className="inline-block min-h-6 self-start text-accent-text hover:underline"
        >
          {t('next')}
        </Link>
      )}
    </div>
  )
}
