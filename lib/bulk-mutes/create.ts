import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { bulkMuteItems, bulkMutes } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { resolveEnd } from '@/lib/mutes/ends'
import { asAppError } from '@/lib/mutes/internal'
import { requireFutureEnd } from '@/lib/mutes/possible'
import { readJoinedGroups } from '@/lib/mutes/read-joined-groups'
import type { MuteScope } from '@/lib/mutes/schemas'
import { attachCases, expectUndo } from './attach-cases'
import type { CasesOfRun } from './case-schemas'
import { bulkDto } from './dto'
import { findEarlierBulk, hashOf } from './earlier'
import { type BulkRow, by, counted } from './internal'
import type { BulkMuteDto, CreateBulkMuteInput } from './schemas'

/**
 * Makes a run and has it previewed; nothing is sent. A duration counts from now by this server's clock: the run's end
 * is one instant for all its accounts, however long it takes. The same idempotency key with the same input gives the
 * first run again. `startWhenPreviewed`: nobody looks at the preview, the server goes on by itself under the rules of
 * the screen. `cases`: those that it is made for, decided when it has ended. Throws `FORBIDDEN`, `UNKNOWN_CONNECTION`,
 * `CANNOT_MUTE_HERE` (the provider has no mutes of whole accounts), `INVALID_INPUT` (field `end`; `everyGroup`: the
 * account is in none; `cases`: one is not about its accounts), `IDEMPOTENCY_MISMATCH`, and `PROVIDER_UNREACHABLE` or
 * `PROVIDER_REFUSED` where its groups cannot be listed.
 */
export async function createBulkMute(
  context: Context,
  actor: Actor,
  input: CreateBulkMuteInput,
  startWhenPreviewed = false,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const ofCases = input.kind === 'mute' ? input.cases : undefined
  if (ofCases) requirePermission(actor, 'reports:work')
  const { idempotencyKey } = input
  const inputHash = hashOf(startWhenPreviewed ? { ...input, startWhenPreviewed } : input)
  const earlier = await findEarlierBulk(context.db, actor.id, { idempotencyKey, inputHash })
  if (earlier) return bulkDto(context, actor, earlier)
  const isForever = input.kind === 'mute' && input.end.kind === 'forever'
  if (isForever) requirePermission(actor, 'mutes:apply-forever')
  const { capabilities } = context.provider(input.connection)
  if (input.groupId === undefined && !input.everyGroup && capabilities.globalScopes.length === 0)
    throw new AppError('CANNOT_MUTE_HERE')
  const now = context.clock.now()
  const until = input.kind === 'mute' ? requireFutureEnd(resolveEnd(input.end, now), now) : null
  const { items, ...about } = await itemsOf(context, input)
  const bulk = await insertBulk(
    context.db,
    actor,
    {
      kind: input.kind,
      connection: input.connection,
      ...about,
      groupId: input.groupId ?? '',
      topicId: input.topicId ?? '',
      scopes: scopesOf(input),
      until,
      mayShorten: input.kind === 'mute' && input.mayShorten,
      reasonCategory: input.reason.category,
      reasonText: input.reason.text,
      idempotencyKey,
      inputHash,
      startWhenPreviewed,
      apiKeyId: actor.apiKey?.id ?? null,
    },
    items,
    ofCases,
  )
  await wake('run-bulk-mutes')
  return bulkDto(context, actor, bulk)
}

/** The accounts; or the groups that the one account is in now, as its provider lists them. */
async function itemsOf(context: Context, { connection, userIds, everyGroup }: CreateBulkMuteInput) {
  const [userId] = userIds
  if (!everyGroup || userId === undefined) return { items: userIds.map((id) => ({ userId: id })) }
  const { joined, hasMore } = await readJoinedGroups(context, { connection, userId }).catch(
    (error: unknown) => {
      throw asAppError(error)
    },
  )
  if (joined.length === 0) throw new AppError('INVALID_INPUT', { fields: { everyGroup: 'required' } })
  return { userId, isPartial: hasMore, items: joined.map(({ groupId }) => ({ userId, groupId })) }
}

function scopesOf({ groupId, topicId, scopes = [], everyGroup }: CreateBulkMuteInput): MuteScope[] {
  if (everyGroup) return ['group']
  if (groupId === undefined) return [...scopes]
  return [topicId === undefined ? 'group' : 'topic']
}

type NewBulk = Omit<typeof bulkMutes.$inferInsert, 'id' | 'status' | 'actorId'>
type NewItem = Omit<typeof bulkMuteItems.$inferInsert, 'bulkId' | 'position'>

/** Writes a run with its accounts, to be previewed, and records it; or finds the one that this key made before. */
export async function insertBulk(
  db: Db,
  author: Pick<Actor, 'id' | 'name' | 'apiKey'>,
  bulk: NewBulk,
  items: readonly NewItem[],
  ofCases?: CasesOfRun,
): Promise<BulkRow> {
  return db.transaction(async (tx) => {
    const [inserted] = await tx
      .insert(bulkMutes)
      .values({ ...bulk, id: crypto.randomUUID(), status: 'previewing', actorId: author.id })
      .onConflictDoNothing({ target: [bulkMutes.actorId, bulkMutes.idempotencyKey] })
      .returning()
    if (!inserted) {
      const earlier = await findEarlierBulk(tx, author.id, bulk)
      if (!earlier) throw new AppError('IDEMPOTENCY_MISMATCH')
      return earlier
    }
    await tx
      .insert(bulkMuteItems)
      .values(items.map((item, position) => ({ ...item, bulkId: inserted.id, position })))
    const { id, kind, connection, userId, groupId, topicId, scopes, until, undoOf } = inserted
    const userIds = items.map((item) => item.userId)
    if (ofCases) await attachCases(tx, inserted, userIds, ofCases)
    if (undoOf !== null) await expectUndo(tx, undoOf, userIds)
    await record(tx, {
      type: 'bulk_mute.created',
      ...by(author),
      connection,
      ...(userId !== '' && { userId }),
      data: {
        bulk: id,
        kind,
        scopes,
        until,
        ...counted(inserted, items.length),
        reason: { category: inserted.reasonCategory, text: inserted.reasonText },
        ...(groupId !== '' && { group: groupId }),
        ...(topicId !== '' && { topic: topicId }),
        ...(undoOf !== null && { undoOf }),
        ...(author.apiKey && { apiKey: author.apiKey.prefix }),
        ...(ofCases && { cases: ofCases.ids.length }),
      },
    })
    return inserted
  })
}
