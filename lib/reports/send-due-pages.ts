import 'server-only'
import { and, eq, getTableColumns, inArray, lte, notInArray, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { casePages, cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { wakeWhenDue } from '@/lib/jobs/boss'
import { errorFields, log } from '@/lib/log'
import { inSeconds } from '@/lib/mutes/internal'
import { aboutCase, getCaseRow } from './change-case'
import { pauseAfter, webhookAttempts } from './notice-attempts'
import { judge, type NoticeOutcome } from './send-by-webhook'
import { deliver, type NoticeWebhook, type NoticeWebhooks } from './webhook'

const pagesAtOnce = 20
/** Until then the process that took one writes down what became of it; later another one repeats it. */
const leaseSeconds = 60

type DuePage = typeof casePages.$inferSelect & { caseNumber: number; accusedId: string }

/**
 * Calls the webhooks about urgent cases, each under one id however often; what is not answered is repeated for about a
 * day, after pauses that grow. Without a webhook nobody is called. `origin`: of the console. `stop`: nothing new is begun.
 */
export async function sendDuePages(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  webhooks: NoticeWebhooks,
  origin: string,
  stop?: AbortSignal,
): Promise<void> {
  const callable = [...webhooks.keys()]
  await db
    .update(casePages)
    .set({ status: 'cancelled' })
    .where(and(isDue, notInArray(casePages.connection, callable)))
  while (callable.length > 0 && !stop?.aborted) {
    const due = await take(db, callable)
    await Promise.all(
      due.map(async (page) => {
        const webhook = webhooks.get(page.connection)
        if (webhook) await call({ db, clock }, webhook, origin, page)
      }),
    )
    if (due.length < pagesAtOnce) return
  }
}

/** It waits for its time, or the process that called is gone. */
const isDue = and(sql`${casePages.status} in ('held', 'sending')`, lte(casePages.sendAfter, databaseNow))

/** The database decides who calls. */
function take(db: Db, connections: string[]): Promise<DuePage[]> {
  const due = db.$with('due').as(
    db
      .select({ caseId: casePages.caseId, caseNumber: cases.number, accusedId: cases.accusedId })
      .from(casePages)
      .innerJoin(cases, eq(cases.id, casePages.caseId))
      .where(and(isDue, inArray(casePages.connection, connections)))
      .orderBy(casePages.sendAfter)
      .limit(pagesAtOnce)
      .for('update', { of: casePages, skipLocked: true }),
  )
  return db
    .with(due)
    .update(casePages)
    .set({
      status: 'sending',
      sendAfter: inSeconds(leaseSeconds),
      attempts: sql`${casePages.attempts} + 1`,
    })
    .from(due)
    .where(eq(casePages.caseId, due.caseId))
    .returning({ ...getTableColumns(casePages), caseNumber: due.caseNumber, accusedId: due.accusedId })
}

async function call(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  webhook: NoticeWebhook,
  origin: string,
  page: DuePage,
): Promise<void> {
  const { id, connection, category, caseNumber, urgentAt, accusedId: userId, caseId } = page
  const url = `${origin}/reports/${caseId}`
  const delivery = {
    id,
    kind: 'case.urgent' as const,
    connection,
    userId,
    category,
    caseNumber,
    urgentAt,
    url,
  }
  try {
    const outcome = judge(await deliver(webhook, delivery, clock.now()))
    const isOver = outcome.status === 'retry' && page.attempts >= webhookAttempts
    await conclude(db, page, isOver ? { ...outcome, status: 'failed' } : outcome)
    if (outcome.status === 'retry' && !isOver) await wakeWhenDue('page-leads', pauseAfter(page.attempts))
  } catch (error) {
    log.error({ page: id, connection, ...errorFields(error) }, 'calling about an urgent case')
  }
}

/** Writes down how an attempt ended, unless another process has it by now. */
async function conclude(db: Db, page: DuePage, outcome: NoticeOutcome): Promise<void> {
  const isMine = and(
    eq(casePages.caseId, page.caseId),
    eq(casePages.status, 'sending'),
    eq(casePages.attempts, page.attempts),
  )
  if (outcome.status === 'retry') {
    await db
      .update(casePages)
      .set({ status: 'held', failure: outcome.failure, sendAfter: inSeconds(pauseAfter(page.attempts)) })
      .where(isMine)
    return
  }
  const { status } = outcome
  const change = status === 'sent' ? { sentAt: databaseNow, failure: null } : { failure: outcome.failure }
  await db.transaction(async (tx) => {
    const [ended] = await tx
      .update(casePages)
      .set({ status, ...change })
      .where(isMine)
      .returning({ id: casePages.id })
    if (!ended) return
    const { data, ...about } = aboutCase(await getCaseRow(tx, page.caseId))
    const event = { ...about, actorId: null, actorName: 'system' }
    await record(
      tx,
      status === 'sent'
        ? { type: 'case.paged', ...event, data }
        : { type: 'case.paging_failed', ...event, data: { ...data, ...outcome.failure } },
    )
  })
}
