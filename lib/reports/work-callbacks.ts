import 'server-only'
import { and, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { userIdError } from '@/lib/accounts/rules'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { callbacks, cases, evidenceMessages } from '@/lib/db/schema'
import { databaseNow, databaseNowAsKept } from '@/lib/db/schema/columns'
import { groupIdError } from '@/lib/groups/rules'
import { errorFields, log } from '@/lib/log'
import type { CallbackMeaning, CallbackPlace } from '@/lib/provider/callback'
import { meaningOfTencent } from '@/lib/provider/tencent/callback'
import { maxReportTextLength } from './rules'
import { takeIn } from './take-in'

type CallbackRow = typeof callbacks.$inferSelect
type Moderated = Extract<CallbackMeaning, { kind: 'moderated' }>
type Gone = Extract<CallbackMeaning, { kind: 'gone' }>

const leaseSeconds = 60
const atOnce = 50
/** After so many tries a call is left as it is, with its failure. */
export const maxCallbackAttempts = 6

/**
 * Works on what the providers called us with, in the order of arrival: what their own moderation found becomes a report,
 * recalled and deleted messages are marked in the evidence, everything else is kept as it came. Each is leased, and doing
 * one twice changes nothing.
 */
export async function workDueCallbacks(context: Context, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const due = await lease(context.db)
    if (due.length === 0) return
    for (const callback of due) await workOn(context, callback)
  }
}

async function lease(db: Db): Promise<CallbackRow[]> {
  const due = db
    .$with('due')
    .as(
      db
        .select({ id: callbacks.id })
        .from(callbacks)
        .where(sql`${callbacks.doneAt} is null and ${callbacks.leaseUntil} <= ${databaseNowAsKept}`)
        .orderBy(callbacks.leaseUntil)
        .limit(atOnce)
        .for('update', { skipLocked: true }),
    )
  const rows = await db
    .with(due)
    .update(callbacks)
    .set({
      leaseUntil: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempts: sql`${callbacks.attempts} + 1`,
    })
    .where(sql`${callbacks.id} in (select id from ${due})`)
    .returning()
  return rows.sort((one, other) => one.id - other.id)
}

async function workOn(context: Context, callback: CallbackRow): Promise<void> {
  const { db, connections } = context
  const { id, connection, event, attempts } = callback
  try {
    const provider = connections.find(({ key }) => key === connection)?.provider
    // ZEGO has no callback that means something here: none for moderation, none for recalled messages.
    const meaning: CallbackMeaning =
      provider === 'tencent' ? meaningOfTencent(event, callback.body) : { kind: 'other' }
    if (meaning.kind === 'moderated') await report(db, callback, meaning)
    if (meaning.kind === 'gone') await markGone(db, connection, meaning)
    await db.update(callbacks).set({ doneAt: databaseNow, failure: null }).where(eq(callbacks.id, id))
  } catch (error) {
    log.error({ callback: id, event, ...errorFields(error) }, 'working on a callback')
    const failure = error instanceof Error ? error.name : 'unknown'
    const isLast = attempts >= maxCallbackAttempts
    await db
      .update(callbacks)
      .set({
        failure,
        leaseUntil: sql`${databaseNow} + make_interval(secs => ${5 * 2 ** attempts})`,
        ...(isLast && { doneAt: databaseNow }),
      })
      .where(eq(callbacks.id, id))
  }
}

async function report(db: Db, callback: CallbackRow, meaning: Moderated): Promise<void> {
  const { senderId: accusedId, place, messageIds, label, found } = meaning
  const { groupId, topicId, peerId } =
    'groupId' in place ? { ...place, peerId: '' } : { groupId: '', topicId: '', peerId: place.peerId }
  const isSound =
    userIdError(accusedId) === null &&
    (groupId === '' || groupIdError(groupId) === null) &&
    (peerId === '' || userIdError(peerId) === null)
  if (!isSound) return
  await takeIn(db, null, {
    connection: callback.connection,
    source: 'tencent',
    accusedId,
    reporterId: null,
    ...{ groupId, topicId, peerId },
    category: label,
    text: found.join(' · ').slice(0, maxReportTextLength),
    language: '',
    messageIds: messageIds.filter((id) => /^[\x21-\x7e]{1,200}$/.test(id)),
    clientTime: callback.receivedAt,
    idempotencyKey: `${callback.connection}:${callback.id}`,
    inputHash: '',
  })
}

async function markGone(db: Db, connection: string, { place, messageIds }: Gone): Promise<void> {
  const of = db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, evidenceMessages.caseId), eq(cases.connection, connection), isAt(place)))
  await db
    .update(evidenceMessages)
    .set({ goneAt: databaseNow })
    .where(and(inArray(evidenceMessages.messageId, messageIds), isNull(evidenceMessages.goneAt), exists(of)))
}

function isAt(place: CallbackPlace): SQL | undefined {
  if ('groupId' in place) return and(eq(cases.groupId, place.groupId), eq(cases.topicId, place.topicId))
  const { userId, peerId } = place
  return or(
    and(eq(cases.accusedId, userId), eq(cases.peerId, peerId)),
    and(eq(cases.accusedId, peerId), eq(cases.peerId, userId)),
  )
}
