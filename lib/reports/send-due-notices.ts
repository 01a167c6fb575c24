import 'server-only'
import { and, eq, inArray, lt, lte, not, or, type SQL, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { cases, notices } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { inSeconds, interactive } from '@/lib/mutes/internal'
import { ProviderError, providerFailure } from '@/lib/provider/errors'
import { aboutCase } from './change-case'
import { type NoticeFailure, type NoticeOutcome, sendByWebhook } from './send-by-webhook'
import type { NoticeWebhooks } from './webhook'

type Notice = typeof notices.$inferSelect

const atOnce = 20
/** Until then the process that took a message writes down what became of it; later nobody knows. */
const leaseSeconds = 60
const maxAttempts = 5

/**
 * Sends the messages whose time has come. Those of a connection with a webhook are handed to it, under one id however
 * often. The provider's own are sent at most once: one whose answer was lost, or whose process died over it, is `failed`
 * with an effect that is unknown. What may be sent again is tried a few times. Returns how many were at hand.
 */
export async function sendDueNotices(
  context: Context,
  webhooks: NoticeWebhooks = new Map(),
): Promise<number> {
  await giveUpLost(context, webhooks)
  let total = 0
  for (;;) {
    const taken = await takeDue(context, webhooks)
    total += taken.length
    const outcomes = await Promise.all(taken.map((notice) => send(context, webhooks, notice)))
    await Promise.all(taken.map((notice, index) => conclude(context, webhooks, notice, outcomes[index])))
    if (taken.length < atOnce) return total
  }
}

/** What was begun and may be begun again, because the receiver knows it by its id. */
function isRepeatable(webhooks: NoticeWebhooks): SQL | undefined {
  return and(
    eq(notices.status, 'sending'),
    inArray(notices.connection, [...webhooks.keys()]),
    lt(notices.attempts, maxAttempts),
  )
}

/** The database decides between this and an undo: what is `sending` cannot be cancelled any more. */
function takeDue({ db, connections }: Context, webhooks: NoticeWebhooks): Promise<Notice[]> {
  const isDue = and(
    or(eq(notices.status, 'held'), isRepeatable(webhooks)),
    lte(notices.sendAfter, databaseNow),
    inArray(
      notices.connection,
      connections.map(({ key }) => key),
    ),
  )
  const due = db
    .select({ id: notices.id })
    .from(notices)
    .where(isDue)
    .orderBy(notices.sendAfter)
    .limit(atOnce)
    .for('update', { skipLocked: true })
  return db
    .update(notices)
    .set({
      status: 'sending',
      sendAfter: inSeconds(leaseSeconds),
      attempts: sql`${notices.attempts} + 1`,
      // Whoever had begun it is gone, or has written why it is begun again.
      failure: sql`case when ${notices.status} = 'sending'
        then coalesce(${notices.failure}, ${JSON.stringify(interrupted)}::jsonb) end`,
    })
    .where(and(inArray(notices.id, due), isDue))
    .returning()
}

async function send(context: Context, webhooks: NoticeWebhooks, notice: Notice): Promise<NoticeOutcome> {
  const webhook = webhooks.get(notice.connection)
  const outcome = webhook
    ? await sendByWebhook(context, webhook, notice)
    : await sendByProvider(context, notice)
  if (outcome.status !== 'retry' || notice.attempts < maxAttempts) return outcome
  return { ...outcome, status: 'failed' }
}

async function sendByProvider(context: Context, notice: Notice): Promise<NoticeOutcome> {
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
    return {
      status: mayTryAgain ? 'retry' : 'failed',
      failure: { effect, failure: providerFailure(error) },
    }
  }
}

async function conclude(
  { db }: Context,
  webhooks: NoticeWebhooks,
  notice: Notice,
  outcome: NoticeOutcome | undefined,
): Promise<void> {
  if (!outcome) return
  const isMine = and(
    eq(notices.id, notice.id),
    eq(notices.status, 'sending'),
    eq(notices.attempts, notice.attempts),
  )
  const failure = outcome.status === 'sent' ? null : sinceFirst(notice, outcome.failure)
  if (outcome.status === 'retry') {
    // Nobody else sees it: it is neither sent nor given up. What may have arrived is past every undo.
    const again =
      failure?.effect === 'unknown'
        ? { status: 'sending' as const, failure }
        : { status: 'held' as const, failure: null }
    await db
      .update(notices)
      .set({ ...again, sendAfter: inSeconds(2 ** notice.attempts) })
      .where(isMine)
    return
  }
  const { status } = outcome
  await db.transaction(async (tx) => {
    const change = { status, failure, ...(status === 'sent' && { sentAt: databaseNow }) }
    const ended = await tx.update(notices).set(change).where(isMine).returning()
    if (ended.length > 0) await recordAll(tx, await eventsOf(tx, webhooks, ended))
  })
}

/** An attempt of which nothing is known is not made undone by a later one that did not arrive. */
function sinceFirst({ failure: earlier }: Notice, failure: NoticeFailure): NoticeFailure {
  return earlier === null ? failure : { ...failure, effect: 'unknown' }
}

const interrupted: NoticeFailure = { effect: 'unknown', failure: { kind: 'interrupted' } }

/** Whoever took them is gone: they may have arrived. */
async function giveUpLost({ db }: Context, webhooks: NoticeWebhooks): Promise<void> {
  await db.transaction(async (tx) => {
    const lost = await tx
      .update(notices)
      .set({ status: 'failed', failure: interrupted })
      .where(
        and(
          eq(notices.status, 'sending'),
          lte(notices.sendAfter, databaseNow),
          not(isRepeatable(webhooks) ?? sql`false`),
        ),
      )
      .returning()
    if (lost.length > 0) await recordAll(tx, await eventsOf(tx, webhooks, lost))
  })
}

/** Whom a message was for is in the event, not what it said. */
async function eventsOf(tx: Tx, webhooks: NoticeWebhooks, ended: readonly Notice[]): Promise<AuditEvent[]> {
  const ids = [...new Set(ended.map(({ caseId }) => caseId))]
  const rows = await tx.select().from(cases).where(inArray(cases.id, ids))
  return ended.flatMap(({ caseId, connection, userId, kind, ...notice }): AuditEvent[] => {
    const own = rows.find(({ id }) => id === caseId)
    if (!own) return []
    const about = { actorId: null, actorName: 'system', connection, userId }
    const data = {
      ...aboutCase(own).data,
      kind,
      ...(webhooks.has(connection) && { way: 'webhook' as const }),
    }
    // Written by this file alone.
    const failure = notice.failure as NoticeFailure | null
    return failure === null
      ? [{ ...about, type: 'notice.sent', data }]
      : [{ ...about, type: 'notice.failed', data: { ...data, ...failure } }]
  })
}
