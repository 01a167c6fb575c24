import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'
import { NoopLogger } from 'drizzle-orm/logger'
import * as z from 'zod'

/**
 * The worker of `bulk-worker.ts` that stands still for ever right before the first statement or call that fits a
 * pattern, its second argument, and says `stands still`: a test then kills it exactly there.
 */
const where = new RegExp(process.argv[3] ?? '', 's')
const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
const callSchema = z.object({ request: z.object({ method: z.string(), path: z.string() }) })

function standStillAt(what: string): void {
  if (!where.test(what)) return
  writeSync(process.stdout.fd, 'stands still\n')
  Atomics.wait(never, 0, 0)
}

// What Drizzle tells of each statement before it sends it, on either database.
Object.assign(NoopLogger.prototype, { logQuery: standStillAt })
subscribe('undici:request:create', (message) => {
  const { method, path } = callSchema.parse(message).request
  standStillAt(`${method} ${path}`)
})
await import('./bulk-worker')
