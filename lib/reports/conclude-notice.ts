import 'server-only'
import { and, eq, inArray, lte, not, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Db, Tx } from '@/lib/db'
import { cases, notices } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import { aboutCase } from './change-case'
import { pauseAfter } from './notice-attempts'
import type { NoticeFailure, NoticeOutcome } from './send-by-webhook'
import { interrupted, isRepeatable } from './take-due-notices'
import type { NoticeWebhooks } from './webhook'

type Notice = typeof notices.$inferSelect

/** Writes down how an attempt ended, unless another process has the message by now. */
export async function concludeNotice(
  db: Db,
  webhooks: NoticeWebhooks,
  notice: Notice,
  outcome: NoticeOutcome,
): Promise<void> {
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
      .set({ ...again, sendAfter: inSeconds(pauseAfter(notice.attempts)) })
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

/** Gives up the messages over which a process died and that may not be begun again: they may have arrived. */
export async function giveUpLost(db: Db, webhooks: NoticeWebhooks): Promise<void> {
  await db.transaction(async (tx) => {
    const lost = await tx
      .update(notices)
      .set({ status: 'failed', failure: interrupted })
      .where(
        and(
          eq(notices.status, 'sending'),
          lte(notices.sendAfter, databaseNow),
          not(isRepeatable([...webhooks.keys()]) ?? sql`false`),
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
