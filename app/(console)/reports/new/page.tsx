import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewReportForm } from '@/components/reports/new-report-form'
import { Forbidden } from '@/components/shell/forbidden'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { listConnections } from '@/lib/provider'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports.new')
  return { title: t('title') }
}

type Search = Promise<Record<string, string | string[] | undefined>>

/** Writes down a report that came another way than by the API; `?connection=&account=` names the accused. */
export default async function NewReportPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor()
  const t = await getTranslations('reports.new')
  if (!(await mayOpen(actor, 'reports:file', 'reports.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden')} />
  }
  const { connection, account } = await searchParams
  const connections = listConnections().map(({ key, name }) => ({ key, name }))
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-3">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="text-muted">{t('what')}</p>
      <NewReportForm
        connections={connections}
        accused={{
          connection: connections.find(({ key }) => key === connection)?.key ?? connections[0]?.key ?? '',
          userId: typeof account === 'string' ? account : '',
        }}
      />
    </div>
  )
}
