import 'server-only'
import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { apiKeys, bulkMuteItems, bulkMutes, moderators, muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inForce } from '@/lib/mutes/ends'
import { placeOf } from '@/lib/mutes/place'
import { type PlanOfMany, requestMany } from '@/lib/mutes/request-many'
import type { MuteScope } from '@/lib/mutes/schemas'
import type { SendingOfMany } from '@/lib/mutes/send-many'
import { mayRun } from './begin'
import { type BulkRow, type Ends, type ItemRow, isPending, itemName, parsePlan } from './internal'
import { skipItems } from './skip'

/** What a worker has in hand. */
export type Claim =
  | { kind: 'sendings'; sendings: SendingOfMany[]; author: { actorId: string; actorName: string } }
  /** nothing waits; or what waits is being changed by somebody else at this moment */
  | { kind: 'nothing' }
  /** the run is not running any more */
  | { kind: 'stopped' }
  /** its author may not do this any more */
  | { kind: 'not_allowed' }

/** How long an account that another command is at work on is left alone, in seconds. */
const pendingSeconds = 2

/**
 * Takes the next accounts of a run for this process, and writes their commands as `requested` in the same transaction:
 * whoever dies after it leaves commands that the settling job ends. No two workers, on any instance, get the same account.
 * The run's status and the rights of its author, or of the key that made it, are those of this moment.
 */
export async function claimItems(context: Context, bulkId: string, atMost: number): Promise<Claim> {
  const now = context.clock.now()
  return context.db.transaction(async (tx): Promise<Claim> => {
    const [run] = await tx
      .select({ bulk: bulkMutes, author: moderators, keyRevokedAt: apiKeys.revokedAt })
      .from(bulkMutes)
      .innerJoin(moderators, eq(moderators.id, bulkMutes.actorId))
      .leftJoin(apiKeys, eq(apiKeys.id, bulkMutes.apiKeyId))
      .where(eq(bulkMutes.id, bulkId))
    if (run?.bulk.status !== 'running') return { kind: 'stopped' }
    const { bulk, author, keyRevokedAt } = run
    const isAllowed = author.disabledAt === null && keyRevokedAt === null && mayRun(author.role, bulk)
    if (!isAllowed) return { kind: 'not_allowed' }
    const items = await tx
      .select()
      .from(bulkMuteItems)
      .where(isWaiting(bulkId))
      .orderBy(asc(bulkMuteItems.position))
      .limit(atMost)
      .for('update', { skipLocked: true })
    if (items.length === 0) return { kind: 'nothing' }
    const sendings = await request(tx, { bulk, author }, items, now)
    return {
      kind: 'sendings',
      sendings,
      author: { actorId: author.id, actorName: author.name },
    }
  })
}

/** Waits to be claimed now. */
function isWaiting(bulkId: string) {
  return and(
    eq(bulkMuteItems.bulkId, bulkId),
    isPending,
    or(isNull(bulkMuteItems.notBefore), lt(bulkMuteItems.notBefore, databaseNow)),
  )
}

/** Whether an account of the run can be claimed now. */
export async function isAnyWaiting(db: Db, bulkId: string): Promise<boolean> {
  const found = await db
    .select({ position: bulkMuteItems.position })
    .from(bulkMuteItems)
    .where(isWaiting(bulkId))
    .limit(1)
  return found.length > 0
}

type Run = { bulk: BulkRow; author: typeof moderators.$inferSelect }

async function request(
  tx: Tx,
  { bulk, author }: Run,
  items: readonly ItemRow[],
  now: number,
): Promise<SendingOfMany[]> {
  const undone = bulk.kind === 'undo' ? await undoneCommands(tx, bulk, items) : new Map<string, string>()
  const wishes = items.map((item) => {
    const { before, after, basis } = parsePlan(item)
    const undoOf = undone.get(itemName(item))
    const plan: PlanOfMany = {
      place: placeOf({ ...bulk, userId: item.userId, groupId: bulk.groupId || item.groupId }),
      after: bulk.kind === 'undo' ? withoutPassed(after, now) : after,
      before,
      basis,
      ...(undoOf === undefined ? {} : { undoOf }),
    }
    return { item, plan }
  })
  const isLate = ({ plan }: (typeof wishes)[number]) =>
    bulk.kind === 'mute' && Object.values(plan.after).every((end) => inForce(end, now) === null)
  const late = wishes.filter(isLate)
  const timely = wishes.filter((wish) => !isLate(wish))
  const reason = { category: bulk.reasonCategory, text: bulk.reasonText }
  const command = { kind: bulk.kind, reason, bulkId: bulk.id }
  const answers =
    timely.length === 0
      ? []
      : await requestMany(
          tx,
          author,
          command,
          timely.map(({ plan }) => plan),
          now,
        )
  const answered = timely.map((wish, index) => ({ ...wish, answer: answers[index] }))
  const changed = answered.filter(({ answer }) => answer === 'changed')
  const busy = answered.filter(({ answer }) => answer === 'pending')
  if (busy.length > 0)
    await tx
      .update(bulkMuteItems)
      .set({ notBefore: sql`${databaseNow} + make_interval(secs => ${pendingSeconds})` })
      .where(ofThese(bulk.id, busy))
  const sendings = answered.flatMap(({ item, plan, answer }) =>
    typeof answer === 'object'
      ? [{ position: item.position, commandId: answer.commandId, place: plan.place, ends: plan.after }]
      : [],
  )
  await noteCommands(tx, bulk.id, sendings)
  const by = { actorId: author.id, actorName: author.name }
  const skipped = [
    ...(late.length > 0 ? await skipItems(tx, bulk, by, ofThese(bulk.id, late), 'too_late') : []),
    ...(changed.length > 0 ? await skipItems(tx, bulk, by, ofThese(bulk.id, changed), 'changed_since') : []),
  ]
  if (skipped.length > 0) await recordAll(tx, skipped)
  return sendings
}

function withoutPassed(after: Ends, now: number): Ends {
  const scopes = Object.keys(after) as MuteScope[]
  return Object.fromEntries(scopes.map((scope) => [scope, inForce(after[scope] ?? null, now)]))
}

type OfItem = { item: ItemRow }

function ofThese(bulkId: string, wishes: readonly OfItem[]) {
  return and(
    eq(bulkMuteItems.bulkId, bulkId),
    inArray(
      bulkMuteItems.position,
      wishes.map(({ item }) => item.position),
    ),
  )
}

async function noteCommands(
  tx: Tx,
  bulkId: string,
  sendings: readonly { position: number; commandId: string }[],
): Promise<void> {
  if (sendings.length === 0) return
  const rows = sendings.map(({ position, commandId }) => ({ position, command_id: commandId }))
  await tx
    .update(bulkMuteItems)
    .set({ commandId: sql`taken.command_id` })
    .from(sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as taken (position int, command_id uuid)`)
    .where(and(eq(bulkMuteItems.bulkId, bulkId), sql`${bulkMuteItems.position} = taken.position`))
}

/** The commands of the run that is undone, by the names of these items. */
async function undoneCommands(
  tx: Tx,
  { undoOf }: BulkRow,
  items: readonly ItemRow[],
): Promise<Map<string, string>> {
  if (undoOf === null) return new Map()
  const rows = await tx
    .select({ userId: bulkMuteItems.userId, groupId: bulkMuteItems.groupId, commandId: muteCommands.id })
    .from(bulkMuteItems)
    .innerJoin(muteCommands, eq(muteCommands.id, bulkMuteItems.commandId))
    .where(
      and(
        eq(bulkMuteItems.bulkId, undoOf),
        inArray(
          bulkMuteItems.userId,
          items.map(({ userId }) => userId),
        ),
      ),
    )
  return new Map(rows.map((row) => [itemName(row), row.commandId]))
}
