import { setTimeout as delay } from 'node:timers/promises'
import { runBulkMutes } from '@/lib/bulk-mutes/run-due'
import { systemClock } from '@/lib/clock'
import type { Context } from '@/lib/context'
import { openEmbedded, openServer } from '@/lib/db/open'
import { AppError } from '@/lib/errors'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { createTencentProvider } from '@/lib/provider/tencent/provider'
import { createThrottle } from '@/lib/throttle'
import { emulatedConnection } from './emulated-connection'

/** What a worker is told: where the database is (one of the two), the provider, and how many mutes a second it takes. */
export type BulkWorkerTask = {
  databaseUrl?: string
  dataDir?: string
  emulatorUrl: string
  callsPerSecond: number
}

/**
 * One instance of the console as far as bulk mutes go, in a process of its own that tests kill: works on every run and
 * settles what was interrupted, as the jobs do, until a line comes in. Says `ready` when its database is open. Says
 * `at rest` whenever no run is under way. A database
 * that is away for a while is waited for.
 */
const task = JSON.parse(process.argv[2] ?? '') as BulkWorkerTask
const { db, close } = await open()
const connection = {
  ...emulatedConnection(task.emulatorUrl),
  limits: { callsPerSecond: { setnospeaking: task.callsPerSecond } },
}
const provider = createTencentProvider({ connection, throttle: createThrottle(async () => db) })
const context: Context = {
  db,
  clock: systemClock,
  connections: [{ key: connection.key, name: connection.name, provider: 'tencent' }],
  provider(key) {
    if (key !== connection.key) throw new AppError('UNKNOWN_CONNECTION')
    return provider
  },
}
const stop = new AbortController()
process.stdin.once('data', () => stop.abort())
// Whoever started it is gone.
process.stdin.once('end', () => process.exit(1))
process.stdout.write('ready\n')
await Promise.all([
  again(async () => {
    await runBulkMutes(context, stop.signal)
    process.stdout.write('at rest\n')
  }),
  again(() => settleDueMutes(context)),
])
await close()
process.exit(0)

async function again(work: () => Promise<unknown>): Promise<void> {
  while (!stop.signal.aborted) {
    await work().catch((error: unknown) => process.stderr.write(`worker: ${String(error).slice(0, 200)}\n`))
    await delay(250)
  }
}

async function open() {
  if (task.dataDir !== undefined) return openEmbedded(task.dataDir)
  // It starts in less time than its PostgreSQL, which may just have been restarted.
  for (let tries = 1; ; tries += 1) {
    try {
      return await openServer(task.databaseUrl ?? '')
    } catch (error) {
      if (tries === 100) throw error
      await delay(250)
    }
  }
}
