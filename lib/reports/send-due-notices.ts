import 'server-only'
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { cases, notices } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { inSeconds, interactive } from '@/lib/mutes/internal'
import type { MuteFailure } from '@/lib/mutes/schemas'
import { ProviderError, providerFailure } from '@/lib/provider/errors'

import { aboutCase } from './change-case'

type Notice = typeof notices.$inferSelect
type Outcome = { status: 'sent' } | { status: 'held' } | { status: 'failed'; failure: NoticeFailure }
type NoticeFailure = { effect: 'none' | 'unknown'; failure: MuteFailure }

const atOnce = 20
/** Until then the process that took a message writes down what became of it; later nobody knows. */
const leaseSeconds = 60
const maxAttempts = 5

/**
 * Sends the messages whose time has come, each at most once: one whose answer was lost, or whose process died over it,
 * is `failed` with an effect that is unknown. What surely did not arrive is tried again a few times. Returns how many
 * were at hand.
 */
export async function sendDueNotices(context: Context): Promise<number> {
  await giveUpLost(context)
  let total = 0
  for (;;) {
    const taken = await takeDue(context)
    total += taken.length
    const outcomes = await Promise.all(taken.map((notice) => send(context, notice)))
    await Promise.all(taken.map((notice, index) => conclude(context, notice, outcomes[index])))
    if (taken.length < atOnce) return total
  }
}

/** The database decides between this and an undo: what is `sending` cannot be cancelled any more. */
function takeDue({ db, connections }: Context): Promise<Notice[]> {
  const due = db
    .select({ id: notices.id })
    .from(notices)
    .where(
      and(
        eq(notices.status, 'held'),
        lte(notices.sendAfter, databaseNow),
        inArray(
          notices.connection,
          connections.map(({ key }) => key),
        ),
      ),
    )
    .orderBy(notices.sendAfter)
    .limit(atOnce)
    .for('update', { skipLocked: true })
  return db
    .update(notices)
    .set({
      status: 'sending',
      sendAfter: inSeconds(leaseSeconds),
      attempts: sql`${notices.attempts} + 1`,
    })
    .where(and(inArray(notices.id, due), eq(notices.status, 'held')))
    .returning()
}

async function send(context: Context, notice: Notice): Promise<Outcome> {
  try {
    const provider = context.provider(notice.connection)
    const options = { ...interactive(), priority: 'bulk' } as const
    await provider.sendMessage(notice.userId, notice.text, options)
    return { status: 'sent' }
  } catch (error) {
    if (error instanceof AppError || error instanceof RangeError)
      return { status: 'failed', failure: { effect: 'none', failure: { kind: 'refused' } } }
    if (!(error instanceof ProviderError)) throw error
    const { effect, retryable } = error.options
    const mayTryAgain = effect === 'none' && (retryable || error.kind === 'cancelled')
    if (mayTryAgain && notice.attempts < maxAttempts) return { status: 'held' }
    return { status: 'failed', failure: { effect, failure: providerFailure(error) } }
  }
}

async function conclude({ db }: Context, notice: Notice, outcome: Outcome | undefined): Promise<void> {
  if (!outcome) return
  const isMine = and(
    eq(notices.id, notice.id),
    eq(notices.status, 'sending'),
    eq(notices.attempts, notice.attempts),
  )
  if (outcome.status === 'held') {
    // Nobody else sees it: it is neither sent nor given up.
    await db
      .update(notices)
      .set({ status: 'held', sendAfter: inSeconds(2 ** notice.attempts) })
      .where(isMine)
    return
  }
  await db.transaction(async (tx) => {
    const change =
      outcome.status === 'sent'
        ? { status: outcome.status, sentAt: databaseNow }
        : { status: outcome.status, failure: outcome.failure }
    const ended = await tx.update(notices).set(change).where(isMine).returning()
    if (ended.length > 0) await recordAll(tx, await eventsOf(tx, ended))
  })
}

/** Whoever took them is gone: they may have arrived. */
async function giveUpLost({ db }: Context): Promise<void> {
  const failure: NoticeFailure = { effect: 'unknown', failure: { kind: 'interrupted' } }
  await db.transaction(async (tx) => {
    const lost = await tx
      .update(notices)
      .set({ status: 'failed', failure })
      .where(and(eq(notices.status, 'sending'), lte(notices.sendAfter, databaseNow)))
      .returning()
    if (lost.length > 0) await recordAll(tx, await eventsOf(tx, lost))
  })
}

/** Whom a message was for is in the event, not what it said. */
async function eventsOf(tx: Tx, ended: readonly Notice[]): Promise<AuditEvent[]> {
  const ids = [...new Set(ended.map(({ caseId }) => caseId))]
  const rows = await tx.select().from(cases).where(inArray(cases.id, ids))
  return ended.flatMap((notice): AuditEvent[] => {
    const own = rows.find(({ id }) => id === notice.caseId)
    if (!own) return []
    const { data } = aboutCase(own)
    const by = { actorId: null, actorName: 'system', connection: notice.connection, userId: notice.userId }
    // Written by this file alone.
    const failure = notice.failure as NoticeFailure | null
    return failure === null
      ? [{ ...by, type: 'notice.sent', data: { ...data, kind: notice.kind } }]
      : [{ ...by, type: 'notice.failed', data: { ...data, kind: notice.kind, ...failure } }]
  })
}
