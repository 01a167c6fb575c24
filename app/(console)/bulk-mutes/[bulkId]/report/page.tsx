import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { RunReport } from '@/components/bulk-mutes/run-report'
import { requireActor } from '@/lib/auth/require-actor'
import { findBulkMute } from '@/lib/bulk-mutes/get'
import { listBulkItems } from '@/lib/bulk-mutes/list-items'
import { maxBulkItems } from '@/lib/bulk-mutes/rules'
import { appContext } from '@/lib/context'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulkMutes.report')
  return { title: t('title') }
}

/** A run with all its accounts on one page, to be printed. */
export default async function BulkReportPage({ params }: { params: Promise<{ bulkId: string }> }) {
  const actor = await requireActor()
  const { bulkId } = await params
  const context = await appContext()
  const run = await findBulkMute(context, actor, bulkId)
  if (!run) notFound()
  const { items } = await listBulkItems(context, actor, { bulkId: run.id, limit: maxBulkItems })
  return <RunReport run={run} items={items} />
}
