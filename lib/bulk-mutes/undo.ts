import 'server-only'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { bulkMuteItems, muteChanges, muteCommands } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { insertBulk } from './create'
import { bulkDto } from './dto'
import { findEarlierBulk, hashOf } from './earlier'
import { type BulkRow, countStates, getBulk, itemName } from './internal'
import type { BulkMuteDto, UndoBulkMuteInput } from './schemas'

/**
 * Makes the inverse of a run, or of some of its accounts, to be previewed and started like any other: each account gets
 * back what held before, minus the time that has passed; those that somebody changed since are left out and listed.
 * Throws `FORBIDDEN`, `NOT_FOUND`, `UNKNOWN_CONNECTION`, `BULK_MUTE_CHANGED` (it is not at rest: accounts are still on
 * their way, and would be left out), `NOT_UNDOABLE` (nothing of it was applied) and `IDEMPOTENCY_MISMATCH`.
 */
export async function undoBulkMute(
  context: Context,
  actor: Actor,
  input: UndoBulkMuteInput,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const bulk = await getBulk(context.db, input.bulkId)
  context.provider(bulk.connection)
  const { idempotencyKey } = input
  const inputHash = hashOf(input)
  const earlier = await findEarlierBulk(context.db, actor.id, { idempotencyKey, inputHash })
  if (earlier) return bulkDto(context, actor, earlier)
  await requireAtRest(context, bulk)
  const items = await appliedItems(context, bulk, input)
  if (items.length === 0) throw new AppError('NOT_UNDOABLE')
  const { connection, userId, groupId, topicId, scopes, reasonCategory, reasonText } = bulk
  const undo = await insertBulk(
    context.db,
    actor,
    {
      kind: 'undo',
      connection,
      userId,
      groupId,
      topicId,
      scopes,
      reasonCategory,
      reasonText,
      undoOf: bulk.id,
      idempotencyKey,
      inputHash,
    },
    items,
  )
  await wake('run-bulk-mutes')
  return bulkDto(context, actor, undo)
}

async function requireAtRest({ db }: Context, { id, status }: BulkRow): Promise<void> {
  const { sending, unknown } = await countStates(db, id)
  if (status === 'running' || status === 'paused' || sending + unknown > 0)
    throw new AppError('BULK_MUTE_CHANGED')
}

/** What the run did to each account: what it shall have again, and the version that nobody may have changed since. */
async function appliedItems(
  { db }: Context,
  { id }: BulkRow,
  { userIds, groupIds }: Pick<UndoBulkMuteInput, 'userIds' | 'groupIds'>,
) {
  const rows = await db
    .select({
      userId: bulkMuteItems.userId,
      groupId: bulkMuteItems.groupId,
      scope: muteChanges.scope,
      before: muteChanges.beforeUntil,
      after: muteChanges.afterUntil,
      version: muteChanges.version,
    })
    .from(bulkMuteItems)
    .innerJoin(muteCommands, eq(muteCommands.id, bulkMuteItems.commandId))
    .innerJoin(muteChanges, eq(muteChanges.commandId, muteCommands.id))
    .where(
      and(
        eq(bulkMuteItems.bulkId, id),
        eq(muteCommands.status, 'applied'),
        userIds && inArray(bulkMuteItems.userId, userIds),
        groupIds && inArray(bulkMuteItems.groupId, groupIds),
      ),
    )
    .orderBy(asc(bulkMuteItems.position))
  return [...Map.groupBy(rows, itemName).values()].flatMap((changes) => {
    const [item] = changes
    if (!item) return []
    return {
      userId: item.userId,
      groupId: item.groupId,
      before: Object.fromEntries(changes.map(({ scope, after }) => [scope, after])),
      after: Object.fromEntries(changes.map(({ scope, before }) => [scope, before])),
      basis: Object.fromEntries(changes.map(({ scope, version }) => [scope, version])),
    }
  })
}
