import 'server-only'
import { eq } from 'drizzle-orm'
import { record, recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { Tx } from '@/lib/db'
import { bulkMutes, moderators } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { findApprovalAbove } from '@/lib/settings/approval-above'
import { approvalOf, undoneKinds } from './approval'
import { type BulkRow, by, counted, move } from './internal'
import { countDoing } from './preview-token'
import { skipTheRest } from './skip'

/**
 * Starts a previewed run in its author's name, or asks for a second person where one has to agree, and records it.
 * `accounts`: how many it will send. Throws `BULK_MUTE_CHANGED` when `token` does not name its preview any more.
 */
export async function startOrAsk(
  tx: Tx,
  author: Pick<Actor, 'id' | 'name'>,
  bulk: BulkRow,
  { token, accounts }: { token: string; accounts: number },
): Promise<BulkRow> {
  // A run that sends nothing needs nobody's word.
  const [undoneOf, above] = [await undoneKinds(tx, [bulk]), await findApprovalAbove(tx)]
  const why = accounts > 0 ? approvalOf(bulk, undoneOf(bulk), accounts, above) : null
  const { id, connection } = bulk
  if (why) {
    const asked = await move(tx, id, 'ask', {}, token)
    await record(tx, {
      type: 'bulk_mute.approval_asked',
      ...by(author),
      connection,
      data: { bulk: id, why, ...counted(bulk, accounts) },
    })
    return asked
  }
  const started = await move(tx, id, 'start', { startedAt: databaseNow }, token)
  const skipped = await skipTheRest(tx, started, by(author))
  await recordAll(tx, [
    { type: 'bulk_mute.started', ...by(author), connection, data: { bulk: id, ...counted(bulk, accounts) } },
    ...skipped,
  ])
  return started
}

/**
 * Starts a run that was made to start by itself, in the transaction that writes its preview: a process that dies leaves
 * either neither or both. Where its author may not do this any more it stays previewed, for good, and that is recorded.
 * A run in which nothing is left to send is started too: it then ends at once, with the reason at each account.
 */
export async function beginByItself(tx: Tx, bulk: BulkRow, token: string): Promise<void> {
  const [author] = await tx.select().from(moderators).where(eq(moderators.id, bulk.actorId))
  if (author && author.disabledAt === null && mayRun(author.role, bulk)) {
    await startOrAsk(tx, author, bulk, { token, accounts: await countDoing(tx, bulk.id) })
    return
  }
  await tx.update(bulkMutes).set({ startWhenPreviewed: false }).where(eq(bulkMutes.id, bulk.id))
  await record(tx, {
    type: 'action.refused',
    actorId: bulk.actorId,
    actorName: author?.name ?? '',
    connection: bulk.connection,
    data: { action: 'bulk-mutes.start', code: 'FORBIDDEN' },
  })
}

/** Whether a run may be worked on in the name of an author with this role. */
export function mayRun(role: Actor['role'], { until }: Pick<BulkRow, 'until'>): boolean {
  return (
    hasPermission(role, 'mutes:bulk') && (until !== 'forever' || hasPermission(role, 'mutes:apply-forever'))
  )
}
