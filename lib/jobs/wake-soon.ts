import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { type Queue, wake } from './boss'

const holder = globalThis as { [soonKey]?: Map<Queue, Promise<void>> }
const soonKey = Symbol.for('hushdesk.jobs.soon')
/** Wishes within so many milliseconds are one. */
const togetherMs = 50

/**
 * Has a queue's handler run soon, for callers that come by the hundreds a second: their wishes are gathered, nobody
 * waits for them. Never throws; see `wake`.
 */
export function wakeSoon(queue: Queue): void {
  holder[soonKey] ??= new Map()
  const soon = holder[soonKey]
  if (soon.has(queue)) return
  const waking = delay(togetherMs, undefined, { ref: false }).then(() => {
    soon.delete(queue)
    return wake(queue)
  })
  soon.set(queue, waking)
}
