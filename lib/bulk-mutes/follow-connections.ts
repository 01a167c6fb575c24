import 'server-only'
import { and, eq, lt, notExists, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMutes, muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { log } from '@/lib/log'
import { tryMove } from './internal'
import type { BulkStatus } from './rules'

/** A run is nobody's when no account of it was claimed for so long: another instance may still have its connection. */
const quietSeconds = 30

const system = { actorId: null, actorName: 'system' }

type Run = { id: string; status: BulkStatus; connection: string }

/**
 * Pauses the runs whose connection was taken out of the connections file, once, and says why; lets those go on whose
 * connection is back. Gives the runs that can be worked on here.
 */
export async function followConnections(context: Context, runs: readonly Run[]): Promise<Run[]> {
  const keys = new Set(context.connections.map(({ key }) => key))
  const due: Run[] = []
  for (const run of runs) {
    const isThere = keys.has(run.connection)
    if (run.status === 'running' && !isThere) await pause(context, run)
    else if (run.status !== 'paused' && isThere) due.push(run)
    else if (run.status === 'paused' && isThere && (await resume(context, run)))
      due.push({ ...run, status: 'running' })
  }
  return due
}

async function pause({ db }: Context, { id, connection }: Run): Promise<void> {
  const earlier = sql`${databaseNow} - interval '1 second' * ${quietSeconds}`
  const claimed = db
    .select({ one: sql`1` })
    .from(muteCommands)
    .where(and(eq(muteCommands.bulkId, id), sql`${muteCommands.requestedAt} >= ${earlier}`))
  const isPaused = await db.transaction(async (tx) => {
    const change = { pausedWhy: 'connection_gone' as const, pausedBy: null, pauseFailure: null }
    const isQuiet = and(lt(bulkMutes.startedAt, earlier), notExists(claimed))
    if (!(await tryMove(tx, id, 'pause', change, isQuiet))) return false
    const data = { bulk: id, why: 'connection_gone' as const }
    await record(tx, { type: 'bulk_mute.paused', ...system, connection, data })
    return true
  })
  if (isPaused)
    log.error({ bulk: id, connection }, 'a bulk mute was paused: its connection is not configured any more')
}

async function resume({ db }: Context, { id, connection }: Run): Promise<boolean> {
  return db.transaction(async (tx) => {
    const change = { pausedWhy: null, pausedBy: null, pauseFailure: null }
    if (!(await tryMove(tx, id, 'resume', change, eq(bulkMutes.pausedWhy, 'connection_gone')))) return false
    await record(tx, { type: 'bulk_mute.resumed', ...system, connection, data: { bulk: id } })
    return true
  })
}
