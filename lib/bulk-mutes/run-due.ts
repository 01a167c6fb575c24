import 'server-only'
import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { bulkMutes } from '@/lib/db/schema'
import { soonerWhenWoken, stir, wake } from '@/lib/jobs/boss'
import { errorFields, log } from '@/lib/log'
import { feedBulkMute } from './feed'
import { finishBulkMute } from './finish'
import { followConnections } from './follow-connections'
import { previewDueBulkMutes } from './preview-due'

/** How often this process looks for runs that others made, paused or left, in ms. */
const lookEveryMs = 500
/** Until then another instance joins in, or takes over from one that died, in seconds. */
const joinSeconds = 5
/** So long a job is at it before another one takes its place, in ms: the queue takes one that lasts longer for dead. */
const jobMs = 5 * 60_000

/**
 * Makes the previews that are due and works on every run, until none is under way. Any number of instances may be at it:
 * each takes what the others have not. When `stop` aborts nothing new is begun, and what is on its way comes to its end.
 */
export async function runBulkMutes(context: Context, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(jobMs)])
  const atWork = new Map<string, Promise<void>>()
  const begin = (key: string, work: () => Promise<boolean>) => {
    if (atWork.has(key)) return
    const done = work()
      // Whatever keeps one run from going on must not keep the others waiting.
      .catch((error: unknown) => {
        log.error({ run: key, ...errorFields(error) }, 'working on a bulk mute')
        return false
      })
      .then((isOver) => {
        atWork.delete(key)
        if (isOver) stir('run-bulk-mutes')
      })
    atWork.set(key, done)
  }
  while (!signal.aborted) {
    // A database that is away for a moment must not leave what is at work without its end.
    const due = await listDue(context).catch(asUnknown)
    if (due === null && atWork.size === 0) break
    if (due?.length === 0 && atWork.size === 0) return
    await wake('run-bulk-mutes', joinSeconds)
    if (due?.some(({ status }) => status === 'previewing'))
      begin('previews', async () => {
        await previewDueBulkMutes(context, signal)
        return false
      })
    for (const { id, status } of due ?? [])
      if (status === 'running')
        begin(id, async () => {
          const { readBack } = await feedBulkMute(context, id, signal, () => atWork.size)
          const isOver = await finishBulkMute(context, id)
          await readBack
          return isOver
        })
    await soonerWhenWoken('run-bulk-mutes', lookEveryMs, signal)
  }
  // A preview may take minutes and has a lease of its own: runs must not wait for it until another job takes them over.
  const left = [...atWork].filter(([key]) => key !== 'previews' || stop.aborted)
  await Promise.all(left.map(([, work]) => work))
  if (!stop.aborted) await wake('run-bulk-mutes')
}

function asUnknown(error: unknown): null {
  log.error(errorFields(error), 'looking for bulk mutes')
  return null
}

/** Of the connections that there are: the others wait until theirs is back. */
async function listDue(context: Context) {
  const runs = await context.db
    .select({ id: bulkMutes.id, status: bulkMutes.status, connection: bulkMutes.connection })
    .from(bulkMutes)
    .where(
      or(
        inArray(bulkMutes.status, ['previewing', 'running']),
        and(eq(bulkMutes.status, 'paused'), eq(bulkMutes.pausedWhy, 'connection_gone')),
      ),
    )
    .orderBy(asc(bulkMutes.createdAt))
  return followConnections(context, runs)
}
