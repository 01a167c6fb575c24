import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Backlog } from '@/components/reports/health/backlog'
import { Collisions } from '@/components/reports/health/collisions'
import { Decided } from '@/components/reports/health/decided'
import { People } from '@/components/reports/health/people'
import { healthHref, Spans } from '@/components/reports/health/spans'
import { Waits } from '@/components/reports/health/waits'
import { Forbidden } from '@/components/shell/forbidden'
import { buttonClass } from '@/components/ui/button-class'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { defaultHealthDays, healthDays } from '@/lib/reports/health-rules'
import { readHealth } from '@/lib/reports/read-health'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('health')
  return { title: t('title') }
}

type Search = Promise<Record<string, string | string[] | undefined>>

/** How the work with reports stands and goes, for leads; over the last `?days=`. */
export default async function HealthPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor()
  const t = await getTranslations('health')
  if (!(await mayOpen(actor, 'reports:lead', 'reports.open-health'))) {
    return <Forbidden heading={t('title')} title={t('forbidden.title')} advice={t('forbidden.advice')} />
  }
  const asked = (await searchParams).days
  const days = healthDays.find((span) => String(span) === asked) ?? defaultHealthDays
  if (asked !== undefined && (asked !== String(days) || days === defaultHealthDays))
    redirect(healthHref(days))

  const health = await readHealth(await appContext(), actor, { days })
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="me-auto text-xl">{t('title')}</h1>
        <Link href="/reports" prefetch={false} className={buttonClass()}>
          {t('back')}
        </Link>
      </div>
      <p className="text-muted">{t('what')}</p>
      <Backlog backlog={health.backlog} serverNow={health.serverNow} />
      <Spans days={days} />
      <Waits health={health} />
      <Decided health={health} />
      <Collisions collisions={health.collisions} />
      <People people={health.people} />
    </div>
  )
}
