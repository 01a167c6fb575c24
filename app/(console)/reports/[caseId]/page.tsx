import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { CaseScreen } from '@/components/reports/case-screen'
import { Forbidden } from '@/components/shell/forbidden'
import type { Actor } from '@/lib/auth/actor'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { listConnections } from '@/lib/provider'
import { type CaseViewDto, caseKeySchema } from '@/lib/reports/case-schemas'
import { getCase } from '@/lib/reports/get'
import { reportQueries } from '@/lib/reports/query-options'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports.queue')
  return { title: t('title') }
}

/** One case, everything about it on one screen. */
export default async function CasePage({ params }: { params: Promise<{ caseId: string }> }) {
  const actor = await requireActor()
  const t = await getTranslations('reports.queue')
  if (!(await mayOpen(actor, 'reports:read', 'reports.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden.title')} advice={t('forbidden.advice')} />
  }
  const view = await findCase(actor, (await params).caseId)
  if (!view) notFound()
  const queryClient = new QueryClient()
  queryClient.setQueryData(reportQueries.one(view.case.id).queryKey, view)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <CaseScreen
        key={view.case.id}
        caseId={view.case.id}
        actor={{ id: actor.id, role: actor.role }}
        connections={listConnections()}
      />
    </HydrationBoundary>
  )
}

async function findCase(actor: Actor, caseId: string): Promise<CaseViewDto | null> {
  const key = caseKeySchema.safeParse({ caseId })
  if (!key.success) return null
  try {
    return await getCase(await appContext(), actor, key.data)
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  }
}
