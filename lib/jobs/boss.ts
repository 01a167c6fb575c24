import 'server-only'
import { fromPglite, PgBoss } from 'pg-boss'
import { embeddedClient } from '@/lib/db'
import { env } from '@/lib/env'
import { errorFields, log } from '@/lib/log'

/** The job queues. A queue only wakes a handler; what is to be done stands in the tables of the handler's feature. */
export const queues = [
  'settle-mutes',
  'expire-mutes',
  'renew-mutes',
  'reconcile-mutes',
  'sync-groups',
  'run-bulk-mutes',
  'take-evidence',
  'work-callbacks',
] as const
export type Queue = (typeof queues)[number]

const holder = globalThis as { [bossKey]?: Promise<PgBoss>; [stopKey]?: AbortController }
const bossKey = Symbol.for('hushdesk.jobs')
const stopKey = Symbol.for('hushdesk.jobs.stop')

/** Aborts when the job engine is told to end: long handlers then begin nothing new. */
export function stopSignal(): AbortSignal {
  holder[stopKey] ??= new AbortController()
  return holder[stopKey].signal
}

/** The process's job engine, started at the first call. When it cannot start, the next call tries again. */
export function getBoss(): Promise<PgBoss> {
  holder[bossKey] ??= start()
  const starting = holder[bossKey]
  starting.catch(() => {
    if (holder[bossKey] === starting) delete holder[bossKey]
  })
  return starting
}

async function start(): Promise<PgBoss> {
  const { databaseUrl } = env()
  const boss = new PgBoss(
    databaseUrl
      ? { connectionString: databaseUrl, max: 3, monitorIntervalSeconds: 10 }
      : { db: fromPglite(await embeddedClient()), backend: 'pglite', monitorIntervalSeconds: 5 },
  )
  boss.on('error', (error) => log.error(errorFields(error), 'job engine'))
  await boss.start()
  // At most one job of a key waits. How many are at work is not limited by the queue: a job that a killed process left
  // at work would count for 15 minutes, and nothing would run meanwhile.
  for (const queue of queues) await boss.createQueue(queue, { policy: 'short', retryLimit: 3 })
  return boss
}

/** Ends the job engine after the jobs at work, within `timeoutMs`. Does nothing when it never started. */
export async function stopBoss(timeoutMs: number): Promise<void> {
  holder[stopKey]?.abort()
  delete holder[stopKey]
  const boss = await holder[bossKey]?.catch(() => undefined)
  delete holder[bossKey]
  await boss?.stop({ graceful: true, timeout: timeoutMs })
}

/**
 * Has a queue's handler run soon, on any instance; `afterSeconds` from now. Several wishes for the same delay while one
 * waits are one; a late one does not stand in the way of a sooner one.
 * `key` names the wish where several for the same delay are meant for different instants.
 * Does nothing in a process that does not run jobs (a command line, a test of verbs), and never throws: what it would
 * have hurried, the handler's own minute does.
 */
export async function wake(queue: Queue, afterSeconds = 0, key = String(afterSeconds)): Promise<void> {
  try {
    const boss = await holder[bossKey]
    await boss?.send(queue, null, { singletonKey: key, startAfter: afterSeconds })
  } catch (error) {
    log.error({ queue, ...errorFields(error) }, 'a job could not be woken')
  }
}
