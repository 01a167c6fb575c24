import 'server-only'
import { runBulkMutes } from '@/lib/bulk-mutes/run-due'
import { appContext } from '@/lib/context'
import { syncGroups } from '@/lib/groups/sync'
import { expireDueMutes } from '@/lib/mutes/expire-due'
import { reconcileDueMutes } from '@/lib/mutes/reconcile-due'
import { renewDueMutes } from '@/lib/mutes/renew-due'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { takeDueEvidence } from '@/lib/reports/take-evidence'
import { workDueCallbacks } from '@/lib/reports/work-callbacks'
import { getBoss, queues, stopSignal, wake } from './boss'

/**
 * Starts the handlers of all queues in this process, which works at one job of a kind at a time; one comes every
 * minute. Other instances may be at the same work: what a handler does is leased in its feature's tables.
 */
export async function startJobs(): Promise<void> {
  const boss = await getBoss()
  await boss.work('settle-mutes', { pollingIntervalSeconds: 1 }, async () => {
    const open = await settleDueMutes(await appContext())
    if (open > 0) await wake('settle-mutes', 2)
  })
  await boss.work('expire-mutes', { pollingIntervalSeconds: 1 }, async () => {
    await expireDueMutes(await appContext())
  })
  await boss.work('renew-mutes', { pollingIntervalSeconds: 5 }, async () => {
    await renewDueMutes(await appContext())
  })
  await boss.work('reconcile-mutes', { pollingIntervalSeconds: 5 }, async () => {
    await reconcileDueMutes(await appContext())
  })
  await boss.work('sync-groups', { pollingIntervalSeconds: 5 }, async () => {
    const context = await appContext()
    // Each connection has a limit of its own.
    await Promise.all(context.connections.map(({ key }) => syncGroups(context, key)))
  })
  await boss.work('run-bulk-mutes', { pollingIntervalSeconds: 1 }, async () => {
    await runBulkMutes(await appContext(), stopSignal())
  })
  await boss.work('take-evidence', { pollingIntervalSeconds: 1 }, async () => {
    await takeDueEvidence(await appContext(), stopSignal())
  })
  await boss.work('work-callbacks', { pollingIntervalSeconds: 1 }, async () => {
    await workDueCallbacks(await appContext(), stopSignal())
  })
  for (const queue of queues) {
    await boss.schedule(queue, '* * * * *', null)
    await wake(queue)
  }
}
