import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { CaseScreen } from '@/components/reports/case-screen'
import { readCaseList, type SearchParams } from '@/components/reports/queue-query'
import { Forbidden } from '@/components/shell/forbidden'
import type { Actor } from '@/lib/auth/actor'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { appContext } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { listConnections } from '@/lib/provider'
import { type CaseViewDto, caseKeySchema } from '@/lib/reports/case-schemas'
import { findNeighbours } from '@/lib/reports/find-neighbours'
import { getCase } from '@/lib/reports/get'
import { reportQueries } from '@/lib/reports/query-options'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports.queue')
  return { title: t('title') }
}

type CasePageProps = { params: Promise<{ caseId: string }>; searchParams: Promise<SearchParams> }

/** One case, everything about it on one screen, with the way through the list that it was opened from. */
export default async function CasePage({ params, searchParams }: CasePageProps) {
  const actor = await requireActor()
  const t = await getTranslations('reports.queue')
  if (!(await mayOpen(actor, 'reports:read', 'reports.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden.title')} advice={t('forbidden.advice')} />
  }
  const view = await findCase(actor, (await params).caseId)
  if (!view) notFound()
  const from = readCaseList(await searchParams)
  const queryClient = new QueryClient()
  queryClient.setQueryData(reportQueries.one(view.case.id).queryKey, view)
  if (from) {
    const around = await findNeighbours(await appContext(), actor, { caseId: view.case.id, ...from.input })
    queryClient.setQueryData(reportQueries.neighbours(view.case.id, from.list).queryKey, around)
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <CaseScreen
        key={view.case.id}
        caseId={view.case.id}
        list={from?.list ?? null}
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
