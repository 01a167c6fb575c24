import 'server-only'
import { runBulkMutes } from '@/lib/bulk-mutes/run-due'
import { appContext } from '@/lib/context'
import { env } from '@/lib/env'
import { syncGroups } from '@/lib/groups/sync'
import { expireDueMutes } from '@/lib/mutes/expire-due'
import { findMutedGroups } from '@/lib/mutes/find-muted-groups'
import { findMutedMembers } from '@/lib/mutes/find-muted-members'
import { noteGroups } from '@/lib/mutes/note-groups'
import { reconcileDueMutes } from '@/lib/mutes/reconcile-due'
import { renewDueMutes } from '@/lib/mutes/renew-due'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { concludeRunCases, runCasesAtOnce } from '@/lib/reports/conclude-run-cases'
import { endDueDecisions } from '@/lib/reports/decisions-due'
import { reopenDueCases } from '@/lib/reports/reopen-due'
import { returnDueCases } from '@/lib/reports/return-due'
import { sendDueNotices } from '@/lib/reports/send-due-notices'
import { sendDuePages } from '@/lib/reports/send-due-pages'
import { takeDueEvidence } from '@/lib/reports/take-evidence'
import { noticeWebhooks } from '@/lib/reports/webhook'
import { workDueCallbacks } from '@/lib/reports/work-callbacks'
import { getBoss, queues, stopSignal, wake, workOn } from './boss'

/**
 * Starts the handlers of all queues in this process, which works at one job of a kind at a time; one comes every
 * minute. Other instances may be at the same work: what a handler does is leased in its feature's tables.
 */
export async function startJobs(): Promise<void> {
  const boss = await getBoss()
  // First what can fail: whoever tries again must not find handlers at work already.
  for (const queue of queues) await boss.schedule(queue, '* * * * *', null)
  await workOn('settle-mutes', 1, async () => {
    const open = await settleDueMutes(await appContext())
    if (open > 0) await wake('settle-mutes', 2)
  })
  await workOn('expire-mutes', 1, async () => {
    await expireDueMutes(await appContext())
  })
  await workOn('renew-mutes', 5, async () => {
    await renewDueMutes(await appContext())
  })
  await workOn('reconcile-mutes', 5, async () => {
    const context = await appContext()
    await Promise.all([reconcileDueMutes(context), findMutedGroups(context), findMutedMembers(context)])
  })
  await workOn('sync-groups', 5, async () => {
    const context = await appContext()
    // Each connection has a limit of its own.
    await Promise.all(
      context.connections.map(({ key }) => syncGroups(context, key, (news) => noteGroups(context, news))),
    )
  })
  await workOn('run-bulk-mutes', 1, async () => {
    await runBulkMutes(await appContext(), stopSignal())
  })
  await workOn('return-cases', 5, async () => {
    await returnDueCases(await appContext())
  })
  await workOn('carry-out-decisions', 1, async () => {
    const context = await appContext()
    await endDueDecisions(context)
    await reopenDueCases(context)
    const concluded = await concludeRunCases(context)
    if (concluded >= runCasesAtOnce) await wake('carry-out-decisions')
  })
  await workOn('send-notices', 1, async () => {
    await sendDueNotices(await appContext(), noticeWebhooks(), stopSignal())
  })
  await workOn('page-leads', 1, async () => {
    await sendDuePages(await appContext(), noticeWebhooks(), env().appOrigin, stopSignal())
  })
  await workOn('take-evidence', 1, async () => {
    await takeDueEvidence(await appContext(), stopSignal())
  })
  await workOn('work-callbacks', 1, async () => {
    await workDueCallbacks(await appContext(), stopSignal())
  })
  for (const queue of queues) await wake(queue)
}
