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
import type { MutePermit } from '@/lib/provider/port'
import { type Semaphore, semaphore } from '@/lib/semaphore'
import { type Claim, claimItems, isAnyWaiting } from './claim'
import { type BulkRow, getBulk, isInGroups, paceOf, tryMove } from './internal'
import { reopenItems } from './reopen'
import { maxBulkItems, type PauseReason } from './rules'

/** So many claims are on their way at a time in each process: enough to use up the pacing when answers take long. */
const workers = 6
/**
 * So many of them wait for a permit or claim at a time. While one claims, the calls of the others use up the line; more of
 * them would only keep each other waiting at the begin, when nothing is on its way yet.
 */
const claiming = 3
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
 * fails the others come to their end first. Members of a group have been read back when it returns; the sample of whole
 * accounts has when `readBack` ends.
 */
export async function feedBulkMute(
  context: Context,
  bulkId: string,
  signal: AbortSignal,
  runsAtWork: () => number,
): Promise<{ readBack: Promise<unknown> }> {
  const bulk = await getBulk(context.db, bulkId)
  const slots = semaphore(claiming)
  const readBacks: Promise<void>[] = []
  // No more than have a call to make: each takes a permit before it finds out that nothing is left for it.
  const calls = Math.ceil(maxBulkItems / paceOf(context, bulk).accountsPerCall)
  const feeding = Array.from({ length: Math.min(workers, calls) }, () =>
    feedInTurn(context, bulk, signal, { slots, runsAtWork, readBacks }),
  )
  const results = await Promise.allSettled(feeding)
  const readBack = Promise.all(readBacks)
  if (isInGroups(bulk)) await readBack
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return { readBack }
}

type Feeding = { slots: Semaphore; runsAtWork: () => number; readBacks: Promise<void>[] }

async function feedInTurn(
  context: Context,
  bulk: BulkRow,
  signal: AbortSignal,
  { slots, runsAtWork, readBacks }: Feeding,
): Promise<void> {
  let waitMs = heldUpMs.first
  while (!signal.aborted) {
    const taken = await slots(() => takeNext(context, bulk, signal, runsAtWork))
    if (taken === 'nothing') return
    if (taken === 'no_permit') {
      // The line is too long, or the provider does not answer: nothing is claimed meanwhile.
      waitMs = await holdOn(waitMs, signal)
      continue
    }
    const { claim, ...by } = taken
    if (claim.kind === 'not_allowed') await pause(context, bulk, { why: 'author_not_allowed' })
    if (claim.kind !== 'sendings') return
    if (claim.sendings.length === 0) continue
    const { author, sendings } = claim
    const { blocked, isHeldUp, readBack } = await sendMany(context, sendings, { ...by, author })
    readBacks.push(readBack)
    await wake('settle-mutes', 1)
    if (blocked) {
      const { failure, commandIds } = blocked
      return pause(context, bulk, { why: 'provider', failure, refused: commandIds })
    }
    waitMs = isHeldUp ? await holdOn(waitMs, signal) : heldUpMs.first
  }
}

type Taken = { claim: Claim; permit: MutePermit; takenAt: number }

async function takeNext(
  context: Context,
  bulk: BulkRow,
  signal: AbortSignal,
  runsAtWork: () => number,
): Promise<Taken | 'nothing' | 'no_permit'> {
  // A permit that is taken for nothing is one less for everybody.
  if (signal.aborted || !(await isAnyWaiting(context.db, bulk.id))) return 'nothing'
  const permit = await context
    .provider(bulk.connection)
    .takeMutePermit(isInGroups(bulk) ? 'members' : 'accounts', { priority: 'bulk', signal })
    .catch(asNoPermit)
  if (!permit) return 'no_permit'
  const takenAt = context.clock.now()
  const claim = await claimItems(context, bulk.id, claimSize(context, bulk, runsAtWork()))
  return { claim, permit, takenAt }
}

/** Waits for about so long, and tells how long to wait the next time. */
async function holdOn(waitMs: number, signal: AbortSignal): Promise<number> {
  await delay(waitMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
  return Math.min(waitMs * 2, heldUpMs.most)
}

/**
 * How many accounts a worker claims: what goes into one call, or those with calls of their own that soon have their
 * turn.
 */
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
  const isPaused = await db.transaction(async (tx) => {
    const [run] = await tx
      .select({ status: bulkMutes.status })
      .from(bulkMutes)
      .where(eq(bulkMutes.id, id))
      .for('update')
    if (run?.status !== 'running' && run?.status !== 'paused') return false
    const events: AuditEvent[] =
      refused.length > 0
        ? await reopenItems(tx, bulk, system, inArray(bulkMuteItems.commandId, [...refused]), 'connection')
        : []
    const change = { pausedWhy: why, pausedBy: null, pauseFailure: failure ?? null }
    const isFirst = (await tryMove(tx, id, 'pause', change)) !== null
    if (isFirst) {
      const data = { bulk: id, why, ...(failure ? { failure } : {}) }
      events.push({ type: 'bulk_mute.paused', ...system, connection, data })
    }
    if (events.length > 0) await recordAll(tx, events)
    return isFirst
  })
  if (isPaused)
    log.error({ bulk: id, connection, why, ...failure }, 'a bulk mute was paused and waits for somebody')
}
