import 'server-only'
import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
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
  'return-cases',
  'carry-out-decisions',
  'send-notices',
  'page-leads',
  'take-evidence',
  'work-callbacks',
] as const
export type Queue = (typeof queues)[number]

const holder = globalThis as {
  [bossKey]?: Promise<PgBoss>
  [stopKey]?: AbortController
  [wakesKey]?: EventEmitter
}
const bossKey = Symbol.for('hushdesk.jobs')
const stopKey = Symbol.for('hushdesk.jobs.stop')
const wakesKey = Symbol.for('hushdesk.jobs.wakes')

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
  wakes().removeAllListeners()
  await boss?.stop({ graceful: true, timeout: timeoutMs })
}

/** This process's handler of a queue: looks for a job every so many seconds, and at once when this process wakes it. */
export async function workOn(queue: Queue, everySeconds: number, work: () => Promise<void>): Promise<void> {
  const boss = await getBoss()
  const worker = await boss.work(queue, { pollingIntervalSeconds: everySeconds }, work)
  wakes().on(queue, () => boss.notifyWorker(worker))
}

/** Waits for `ms`, or until this process wakes the queue, or until `signal` aborts. */
export async function soonerWhenWoken(queue: Queue, ms: number, signal: AbortSignal): Promise<void> {
  const stop = new AbortController()
  const either = { signal: AbortSignal.any([signal, stop.signal]) }
  await Promise.race([once(wakes(), queue, either), delay(ms, undefined, either)]).catch(() => {})
  stop.abort()
}

/** Has those in this process look that wait for a queue to be woken; for what no other instance need hear of. */
export function stir(queue: Queue): void {
  wakes().emit(queue)
}

/** Of this process, in which Next.js may have loaded this file more than once. */
function wakes(): EventEmitter {
  holder[wakesKey] ??= new EventEmitter().setMaxListeners(0)
  return holder[wakesKey]
}

/**
 * Has a queue's handler run when `afterSeconds` from now have passed, for wishes that are each due at an instant of their
 * own: those of one second share a job, which comes after the last of them, up to a second late.
 */
export async function wakeWhenDue(queue: Queue, afterSeconds: number): Promise<void> {
  await wake(queue, afterSeconds + 1, `${afterSeconds} from ${Math.floor(Date.now() / 1_000)}`)
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
    if (afterSeconds === 0) stir(queue)
  } catch (error) {
    log.error({ queue, ...errorFields(error) }, 'a job could not be woken')
  }
}
