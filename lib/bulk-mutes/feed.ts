import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { eq, inArray } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMuteItems, bulkMutes } from '@/lib/db/schema'
import { wake } from '@/lib/jobs/boss'
import { log } from '@/lib/log'
import type { MuteFailure } from '@/lib/mutes/schemas'
import { sendMany } from '@/lib/mutes/send-many'
import { ProviderError } from '@/lib/provider/errors'
import { claimItems, isAnyWaiting } from './claim'
import { type BulkRow, getBulk, isInGroups, paceOf, tryMove } from './internal'
import { reopenItems } from './reopen'
import type { PauseReason } from './rules'

/** So many are claimed and sent at a time by each process: enough to use up the pacing when answers take long. */
const workers = 6
/** Whole accounts that one worker claims at a time at most; each is a call of its own. */
const mostAccountsAtOnce = 25
/** What all workers of a run claim shall be on its way within so much of a second of the pacing, runs at work shared. */
const shareOfSecond = 0.75
/** How long a worker waits when nothing comes through, at first and at most, in ms. */
const heldUpMs = { first: 1_000, most: 15_000 }

/**
 * Sends what waits of a run until nothing does, it is paused or cancelled, or `signal` aborts. Each worker takes a permit
 * of the pacing first, then claims as many accounts as go into the calls it will make, then sends. A connection that
 * refuses everything pauses the run, once. `runsAtWork`: how many runs share this process at the moment. When a worker
 * fails the others come to their end first.
 */
export async function feedBulkMute(
  context: Context,
  bulkId: string,
  signal: AbortSignal,
  runsAtWork: () => number,
): Promise<void> {
  const bulk = await getBulk(context.db, bulkId)
  const feeding = Array.from({ length: workers }, () => feedInTurn(context, bulk, signal, runsAtWork))
  for (const result of await Promise.allSettled(feeding))
    if (result.status === 'rejected') throw result.reason
}

async function feedInTurn(
  context: Context,
  bulk: BulkRow,
  signal: AbortSignal,
  runsAtWork: () => number,
): Promise<void> {
  const provider = context.provider(bulk.connection)
  let waitMs = heldUpMs.first
  // A permit that is taken for nothing is one less for everybody.
  while (!signal.aborted && (await isAnyWaiting(context.db, bulk.id))) {
    const permit = await provider
      .takeMutePermit(isInGroups(bulk) ? 'members' : 'accounts', { priority: 'bulk', signal })
      .catch(asNoPermit)
    if (!permit) {
      // The line is too long, or the provider does not answer: nothing is claimed meanwhile.
      waitMs = await holdOn(waitMs, signal)
      continue
    }
    const takenAt = context.clock.now()
    const claim = await claimItems(context, bulk.id, claimSize(context, bulk, runsAtWork()))
    if (claim.kind === 'not_allowed') await pause(context, bulk, { why: 'author_not_allowed' })
    if (claim.kind !== 'sendings') return
    if (claim.sendings.length === 0) continue
    const { author, sendings } = claim
    const { blocked, isHeldUp } = await sendMany(context, sendings, { takenAt, author, permit })
    await wake('settle-mutes', 1)
    if (blocked) {
      const { failure, commandIds } = blocked
      return pause(context, bulk, { why: 'provider', failure, refused: commandIds })
    }
    waitMs = isHeldUp ? await holdOn(waitMs, signal) : heldUpMs.first
  }
}

/** Waits for about so long, and tells how long to wait the next time. */
async function holdOn(waitMs: number, signal: AbortSignal): Promise<number> {
  await delay(waitMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
  return Math.min(waitMs * 2, heldUpMs.most)
}

/** How many accounts a worker claims: what goes into one call, or those with calls of their own that soon have their turn. */
function claimSize(context: Context, bulk: BulkRow, runsAtWork: number): number {
  const { callsPerSecond, accountsPerCall } = paceOf(context, bulk)
  if (accountsPerCall > 1) return accountsPerCall
  const share = (callsPerSecond * shareOfSecond) / workers / Math.max(1, runsAtWork)
  return Math.max(1, Math.min(mostAccountsAtOnce, Math.floor(share)))
}

function asNoPermit(error: unknown): null {
  if (error instanceof ProviderError) return null
  throw error
}

type Pause = { why: Exclude<PauseReason, 'moderator'>; failure?: MuteFailure; refused?: readonly string[] }

/**
 * Of all workers and instances that come upon it the first one pauses the run and says so. What was refused because of
 * the connection (`refused`: commands) waits again, as long as the run will go on: it was not about these accounts.
 */
async function pause({ db }: Context, bulk: BulkRow, { why, failure, refused = [] }: Pause): Promise<void> {
  const { id, connection } = bulk
  const system = { actorId: null, actorName: 'system' }
  await db.transaction(async (tx) => {
    const [run] = await tx
      .select({ status: bulkMutes.status })
      .from(bulkMutes)
      .where(eq(bulkMutes.id, id))
      .for('update')
    if (run?.status !== 'running' && run?.status !== 'paused') return
    const events: AuditEvent[] =
      refused.length > 0
        ? await reopenItems(tx, bulk, system, inArray(bulkMuteItems.commandId, [...refused]), 'connection')
        : []
    const change = { pausedWhy: why, pausedBy: null, pauseFailure: failure ?? null }
    if (await tryMove(tx, id, 'pause', change)) {
      const data = { bulk: id, why, ...(failure ? { failure } : {}) }
      events.push({ type: 'bulk_mute.paused', ...system, connection, data })
      log.error({ bulk: id, connection, why, ...failure }, 'a bulk mute was paused and waits for somebody')
    }
    if (events.length > 0) await recordAll(tx, events)
  })
}
