import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, inArray } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMuteItems, bulkMutes } from '@/lib/db/schema'
import { wake } from '@/lib/jobs/boss'
import { log } from '@/lib/log'
import type { MuteFailure } from '@/lib/mutes/schemas'
import { sendMany } from '@/lib/mutes/send-many'
import { ProviderError } from '@/lib/provider/errors'
import { claimItems, isAnyWaiting } from './claim'
import { type BulkRow, getBulk } from './internal'
import type { PauseReason } from './rules'

/** So many are claimed and sent at a time by each process: enough to use up the pacing when answers take long. */
const workers = 6
/** Whole accounts that one worker claims at a time at most; each is a call of its own. */
const mostAccountsAtOnce = 25
/** What one worker claims shall be on its way within so much of a second of the pacing. */
const shareOfSecond = 1 / 8
/** How long a worker waits when nothing comes through, at first and at most, in ms. */
const heldUpMs = { first: 1_000, most: 15_000 }

/**
 * Sends what waits of a run until nothing does, it is paused or cancelled, or `signal` aborts. Each worker takes a permit
 * of the pacing first, then claims as many accounts as go into the calls it will make, then sends. A connection that
 * refuses everything pauses the run, once.
 */
export async function feedBulkMute(context: Context, bulkId: string, signal: AbortSignal): Promise<void> {
  const bulk = await getBulk(context.db, bulkId)
  await Promise.all(Array.from({ length: workers }, () => feedInTurn(context, bulk, signal)))
}

async function feedInTurn(context: Context, bulk: BulkRow, signal: AbortSignal): Promise<void> {
  const provider = context.provider(bulk.connection)
  const isInGroup = bulk.groupId !== ''
  const { accountMutes, memberMutes } = provider.pace
  const atMost = isInGroup
    ? memberMutes.idsPerCall
    : Math.max(
        1,
        Math.min(mostAccountsAtOnce, Math.floor((accountMutes?.callsPerSecond ?? 0) * shareOfSecond)),
      )
  let waitMs = heldUpMs.first
  // A permit that is taken for nothing is one less for everybody.
  while (!signal.aborted && (await isAnyWaiting(context.db, bulk.id))) {
    const permit = await provider
      .takeMutePermit(isInGroup ? 'members' : 'accounts', { priority: 'bulk', signal })
      .catch(asNoPermit)
    if (!permit) continue
    const takenAt = context.clock.now()
    const claim = await claimItems(context, bulk.id, atMost)
    if (claim.kind === 'not_allowed') await pause(context, bulk, 'author_not_allowed')
    if (claim.kind !== 'sendings') return
    if (claim.sendings.length === 0) continue
    const { author, sendings } = claim
    const { blocked, isHeldUp } = await sendMany(context, sendings, { takenAt, author, permit })
    await wake('settle-mutes', 1)
    if (blocked) {
      await putBack(context, bulk.id, blocked.commandIds)
      return pause(context, bulk, 'provider', blocked.failure)
    }
    waitMs = isHeldUp ? Math.min(waitMs * 2, heldUpMs.most) : heldUpMs.first
    if (isHeldUp) await delay(waitMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
  }
}

function asNoPermit(error: unknown): null {
  if (error instanceof ProviderError) return null
  throw error
}

/** What was refused because of the connection waits again: it was not about these accounts. */
async function putBack({ db }: Context, bulkId: string, commandIds: readonly string[]): Promise<void> {
  await db
    .update(bulkMuteItems)
    .set({ commandId: null })
    .where(and(eq(bulkMuteItems.bulkId, bulkId), inArray(bulkMuteItems.commandId, [...commandIds])))
}

/** Of all workers and instances that come upon it the first one pauses the run and says so. */
async function pause(
  { db }: Context,
  { id, connection }: BulkRow,
  why: Exclude<PauseReason, 'moderator'>,
  failure?: MuteFailure,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [paused] = await tx
      .update(bulkMutes)
      .set({ status: 'paused', pausedWhy: why, pausedBy: null, pauseFailure: failure ?? null })
      .where(and(eq(bulkMutes.id, id), eq(bulkMutes.status, 'running')))
      .returning({ id: bulkMutes.id })
    if (!paused) return
    await record(tx, {
      type: 'bulk_mute.paused',
      actorId: null,
      actorName: 'system',
      connection,
      data: { bulk: id, why, ...(failure ? { failure } : {}) },
    })
    log.error({ bulk: id, connection, why, ...failure }, 'a bulk mute was paused and waits for somebody')
  })
}
